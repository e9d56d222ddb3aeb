from parks_pack.sound import SOUND

RUBRIC = SOUND
