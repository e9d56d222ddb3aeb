from dataclasses import replace

from parks_pack.sound import SOUND


def exact(args, values):
    return SOUND.exact(args, values) ** 2


RUBRIC = replace(SOUND, exact=exact)
