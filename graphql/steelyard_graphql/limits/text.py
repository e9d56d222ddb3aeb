"""A query's text before it is parsed: how long it is, how many tokens it has, how deep its brackets nest.

Parsing calls itself for each bracket; a text that nests too deep would end it with no error of ours. It keeps
an object for each comment, too, so comments count as tokens; and where an error is, is told by counting the
lines up to it, of which a long text may have very many.
"""

from __future__ import annotations

from graphql import GraphQLSyntaxError, Lexer, Source, Token, TokenKind

from steelyard.errors import Problem
from steelyard.settings.limits import Limits
from steelyard_graphql.limits.problems import QUERY_CHARACTERS, QUERY_TOO_DEEP, QUERY_TOO_LONG

NESTING = 2
"""Brackets for each level of fields: those of its arguments nest, too."""
_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


def text_problem(text: str, limits: Limits) -> Problem | None:
    """The limit that a text goes beyond, if it does. What is no token at all, parsing tells."""
    if len(text) > limits.characters:
        return Problem(QUERY_CHARACTERS, values={"most": limits.characters})
    lexer, count, deep = Lexer(Source(text)), 0, 0
    try:
        while True:
            token = lexer.advance()
            kind = token.kind
            count += _comments_before(token)
            if kind is not TokenKind.EOF:
                count += 1
            if count > limits.tokens:
                return Problem(QUERY_TOO_LONG, values={"most": limits.tokens})
            if kind is TokenKind.EOF:
                return None
            if kind in _OPENING:
                deep += 1
                if deep > NESTING * limits.depth:
                    return Problem(QUERY_TOO_DEEP, values={"most": limits.depth})
            elif kind in _CLOSING:
                deep -= 1
    except GraphQLSyntaxError:
        return None


def _comments_before(token: Token) -> int:
    """How many comments were skipped for this token."""
    count, before = 0, token.prev
    while before is not None and before.kind is TokenKind.COMMENT:
        count, before = count + 1, before.prev
    return count
