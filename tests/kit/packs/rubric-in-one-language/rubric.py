from dataclasses import replace

from parks_pack.sound import SOUND

from steelyard.packs import Text


def sentence(args):
    return Text("每名园工照看的游客数", "")


RUBRIC = replace(SOUND, sentence=sentence)
