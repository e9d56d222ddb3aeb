"""Analysis: what scores say beside each other. Pure, on the arrays of an evaluation.

ranking     places with ties, percentiles, quartiles, neighbours
comparison  best, median and mean of a group, and how far each member is from them
trend       changes along periods, gaps staying gaps
share       what each node weighs in its group and in the whole, for what applies
robustness  what a ranking is worth if weights were a little different, and shares are of few records
selection   some rows of an evaluation as one of their own
"""
