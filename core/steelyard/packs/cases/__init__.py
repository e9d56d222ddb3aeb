"""Cases: measures in, scores and verdicts out, stated by an author and checked by the engine.

One YAML file holds cases of one scheme:

    scheme: automotive.front-desk
    cases:
      - name: the visual boards do not apply
        attributes: {}                  # the unit's; they choose variants
        measures: {FD.CORE: 100, FD.5S: 43, FD.HR: 9, FD.DOC: 7, FD.KANBAN: n/a, FD.DMS: 5}
        verdict: failed                 # `none` where there is none
        nodes:
          AUTO.FD: {outcome: SCORED, points: 164, full: 306, score: ~53.595, passed: false}
          FD.KANBAN: {outcome: NOT_APPLICABLE}

A measure is a number, a percent (`97%` is 0.97, and 97 for a rate with `unit: percent`, as in a table),
`n/a`, or `missing`; a measure that is not listed is missing, or counts 0 if only rules read it.  The counts
of a `choice` are a mapping of cases, in which a case that is not listed is 0: `complaints: {unhandled: 1}`.

Each case is a unit of its own in a period of its own.  What looks at other periods or other units needs more
than that: cases with the same `unit` are one unit in period after period, in the order in which its
`period`s first appear; cases with the same `period` are one group.  `rules` states what became of rules
(`fired`, `quiet`, `undecided`), `quotas` the band that a quota expects, by the rules' ids:

      - {name: the third C, unit: S1, period: March, measures: {A: 60}, rules: {three-times-c: fired}}

A node states any of `outcome`, `score` (0…100), `points`, `full`, `obtained`, `assessed`, `coverage` (0…1),
`band` and `passed`; `none` says that there is none.  Figures are exact; one that begins with `~` is rounded
half-up to the digits written.

    entry       the format as models
    observed    the measures of the cases as observations
    check       what an evaluation gives against what the cases state
"""

from steelyard.packs.cases.check import check_cases, check_pack
from steelyard.packs.cases.entry import CaseEntry, CaseFile, read_cases

__all__ = ["CaseEntry", "CaseFile", "check_cases", "check_pack", "read_cases"]
