"""Access: who acts, what they may do, and what they may see. Pure: who it is, is found out elsewhere.

permissions   what people do, by name
roles         bundles of permissions, granted on a node of the units tree
rights        what an actor may do on which units, worked out from grants
actor, scope  what every service and every statement is given
problems      what is said to those who may not
"""
