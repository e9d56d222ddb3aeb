"""Every kind of problem that a scheme file can have, with its words in zh and en.

text      the file's text and its YAML          field     one field and its value
tree      hierarchy, weights, bands, variants   rubric    rubrics and parameters
rule      rules and verdicts                    assessment  several raters
rollup    roll-ups                              layout  printed scorecards
"""
