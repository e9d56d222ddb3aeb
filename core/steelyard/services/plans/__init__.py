"""Improvement plans: from weak points to what was done about them, and what it brought.

drafting   a draft that is not kept                         creating   one that is: from findings, from a path
proposal   which actions it begins with                     baseline   how things stood then
plan       a plan as services hand it out               reading    one plan, or those that fit
changing   one change: who may, in which state          editing    its title and its actions
agreeing   agree, drop                                  progress   begin, finish, open again
following  the state that follows from the actions      owners     whose an action may be
notes      comments                                     evidence   files that show what was done
verifying  what an action brought                       history    what was changed, by whom
board      what is open, late or nobody's, by unit      sampling   the sample plans of packs
problems   what can be wrong with all of this
"""
