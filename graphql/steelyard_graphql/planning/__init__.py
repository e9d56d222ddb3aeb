"""Improvement plans that are kept.

states    how far plans and actions are       plans      a plan with all that belongs to it
actions   an action, its files and effect     baselines  how things stood then
history   comments and changes                board      what is late or nobody's, by unit
asking    the queries and the subscription    outcomes   what changes answer
drafting  draft a plan, with the path         changes    edit a plan and its actions
deciding  agree, drop, begin, finish, judge   files      evidence
"""
