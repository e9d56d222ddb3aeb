from dataclasses import replace

import numpy as np
from parks_pack.sound import SOUND


def rates(args, values):
    found = SOUND.rates(args, values)
    return found / np.nanmax(found, initial=1e-300)


RUBRIC = replace(SOUND, rates=rates, exact=None)
