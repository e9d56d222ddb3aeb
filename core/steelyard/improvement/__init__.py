"""Improvement: what to do about weak points. Pure.

playbook     what packs advise about indicators
supposition  what everything would score if some leaves had other rates
weaknesses   where points are lost, what each leaf could gain, and what was not measured
draft        a draft plan: the advice for these weak points, by what it would gain
wording      figures in sentences
"""
