from dataclasses import replace

import numpy as np
from parks_pack.sound import SOUND


def rates(args, values):
    visitors, keepers = values
    return np.maximum(0.0, 1.0 - visitors / (keepers * float(args["most"])))


RUBRIC = replace(SOUND, rates=rates, exact=None)
