"""Limits: how much one request, one client and one field may ask for; `steelyard.settings.limits` sets them.

settings     the limits of this process
text         tokens and nesting of a query's text, before it is parsed
shape        depth, fields, aliases, repetitions and directives of a document, before it is validated
sizes        how long lists are taken to be, and what fields weigh
cost         what a query costs, before it runs
allowance    what an account may spend in a minute
meter        the two together: a query is paid for, or refused
connections  how many sockets and streams an account may have open
trusted      documents that are known beforehand, where only those are answered
arguments    bounds of single arguments
"""

from steelyard_graphql.limits.arguments import LIST_MOST, some, within

__all__ = ["LIST_MOST", "some", "within"]
