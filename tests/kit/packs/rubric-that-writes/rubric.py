from dataclasses import replace

from parks_pack.sound import SOUND


def rates(args, values):
    found = SOUND.rates(args, values)
    values += 1
    return found


RUBRIC = replace(SOUND, rates=rates)
