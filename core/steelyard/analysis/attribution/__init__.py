"""Attribution: what a difference between two scores is made of, down to the last digit.

side         how one evaluated row stands: weights, parts and rates of its nodes, and what rules did
game         Shapley values of the changes within one group
attribute    the changes of all groups, carried up to the node asked about
correction   what was corrected since the sides first stood
"""
