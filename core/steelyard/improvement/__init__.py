"""Improvement: what to do about weak points. Pure.

playbook         what packs advise about indicators
supposition      what everything would score if some leaves had other rates
weaknesses       where points are lost, what each leaf could gain, and what was not measured
finding          what an evaluation may call attention to; `findings` finds it, `rule_findings` of rules
draft            a draft plan: the advice for these weak points, by what it would gain
path             paths to a grade: what is asked and answered; `path_finding` answers it
demand           what a target asks of single nodes
options          the steps that a path may take; `path_search` finds the best by a `programme`
levels           how far leaves must rise where there is no advice
effect           what an action changed, held against what it promised
row_tree         the tree of one row in exact arithmetic; `raising` brings a node of it to a rate
projection       what a node would come out as
wording          figures in sentences; `finding_words`, `path_words`
problems         the kinds of problems of this room
"""
