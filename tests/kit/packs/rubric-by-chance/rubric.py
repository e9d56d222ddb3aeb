from dataclasses import replace

import numpy as np
from parks_pack.sound import SOUND


def rates(args, values):
    found = SOUND.rates(args, values)
    return np.where(found == 1, 1.0, np.random.default_rng().random(found.shape))


RUBRIC = replace(SOUND, rates=rates, exact=None)
