"""A query's text before it is parsed: how many tokens it has, and how deep its brackets nest.

Parsing calls itself for each bracket; a text that nests too deep would end it with no error of ours.
"""

from __future__ import annotations

from graphql import GraphQLSyntaxError, Lexer, Source, TokenKind

from steelyard.errors import Problem
from steelyard.settings.limits import Limits
from steelyard_graphql.limits.problems import QUERY_TOO_DEEP, QUERY_TOO_LONG

NESTING = 2
"""Brackets for each level of fields: those of its arguments nest, too."""
_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


def text_problem(text: str, limits: Limits) -> Problem | None:
    """The limit that a text goes beyond, if it does. What is no token at all, parsing tells."""
    lexer, count, deep = Lexer(Source(text)), 0, 0
    try:
        while (kind := lexer.advance().kind) is not TokenKind.EOF:
            count += 1
            if count > limits.tokens:
                return Problem(QUERY_TOO_LONG, values={"most": limits.tokens})
            if kind in _OPENING:
                deep += 1
                if deep > NESTING * limits.depth:
                    return Problem(QUERY_TOO_DEEP, values={"most": limits.depth})
            elif kind in _CLOSING:
                deep -= 1
    except GraphQLSyntaxError:
        return None
    return None
