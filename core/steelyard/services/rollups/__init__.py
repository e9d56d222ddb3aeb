"""Roll-ups: what units above those that are scored have, and longer periods, by the rule of the scheme.

| module | what |
|---|---|
| asking | the use cases: a unit in a period with all below it, and a trend of them |
| span | which periods of which calendar a period is made of |
| cells | what the members have: scores, volumes, unit by unit and period by period |
| joining | the way from members to groups, by the rule for units and the one for periods |
| members | who these groups have: whether each counts, and the gaps within them |
| pooling | members' data as those of one unit, scored like one |
| quotients | what members' shares, means and ratios were divided from |
| needs | what does not follow from what members have |
| recounts | the records of members counted together, and each by itself beside it |
| reasons | what stands against pooled figures, node by node |
| problems | what can be wrong with asking |
| answer | what is told of a unit: indicators, members, and the units below |

Data are pooled before scores are joined; of scores, units are joined within each period before periods are.
A roll-up is worked out when it is asked for, by the rule of the installed version, from what periods show:
closed ones what was stored.
"""
