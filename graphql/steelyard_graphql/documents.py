"""Documents: texts of queries, parsed and validated; the latest are kept, so that they are not read twice.

What is kept hangs on the text and the schema alone. A text that is refused is not kept: it is read, and
refused, as if it had never been seen.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from steelyard.errors import InvalidInput, Kind
from steelyard.settings.limits import Limits
from steelyard_graphql.limits.shape import shape_problems
from steelyard_graphql.limits.text import text_problem
from steelyard_graphql.problems import OPERATION_UNCLEAR, PARSE_FAILED, VALIDATION_FAILED

KEPT_MOST = 131_072
"""Characters of all texts that are kept; a parsed document takes up to about 300 bytes for each of them."""
LONGEST_SHARE = 8
"""One text that takes more than this part of them is not kept: it would push out too many others."""
ERRORS_MOST = 10
"""Errors of one document that are found: who sends nonsense on purpose is not told all of it."""
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


class Unreadable(Exception):
    """A text that is no document of the schema, or has not the operation asked for: what kind, and why."""

    def __init__(self, kind: Kind, errors: Sequence[GraphQLError]) -> None:
        super().__init__()
        self.kind, self.errors = kind, errors


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document that is valid against the schema."""

    node: DocumentNode

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of this name, the only one for None. Raises Unreadable (OPERATION_UNCLEAR)."""
        chosen = get_operation_ast(self.node, name)
        if chosen is None:
            raise Unreadable(OPERATION_UNCLEAR, [GraphQLError(_unclear(name))])
        return chosen


class Documents:
    """The documents of one schema, within limits."""

    def __init__(
        self, schema: GraphQLSchema, kept_most: int = KEPT_MOST, limits: Limits | None = None
    ) -> None:
        self._schema, self._kept_most = schema, kept_most
        self._limits = limits or Limits()
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0

    def read(self, text: str, name: str | None) -> tuple[Document, OperationDefinitionNode]:
        """Read a text and choose the operation.

        Raises Unreadable (PARSE_FAILED, VALIDATION_FAILED, OPERATION_UNCLEAR), and InvalidInput where it goes
        beyond the limits (QUERY_TOO_…, INTROSPECTION_OFF).
        """
        document = self._kept.get(text)
        if document is None:
            document = self._read(text)
            self._keep(text, document)
        else:
            self._kept.move_to_end(text)
        return document, document.operation(name)

    def check(self, text: str) -> None:
        """Read a text, and keep nothing of it. Raises as `read`."""
        self._read(text)

    def _read(self, text: str) -> Document:
        limits = self._limits
        beyond = text_problem(text, limits)
        if beyond is not None:
            raise InvalidInput(beyond)
        try:
            node = parse(text)
        except GraphQLSyntaxError as error:
            raise Unreadable(PARSE_FAILED, [error]) from None
        if problems := shape_problems(node, limits):
            raise InvalidInput(problems)
        errors = validate(self._schema, node, RULES, ERRORS_MOST, hide_suggestions=not limits.suggestions)
        if errors:
            raise Unreadable(VALIDATION_FAILED, errors)
        return Document(node)

    def _keep(self, text: str, document: Document) -> None:
        if len(text) * LONGEST_SHARE > self._kept_most:
            return
        self._kept[text] = document
        self._characters += len(text)
        while self._characters > self._kept_most:
            oldest, _ = self._kept.popitem(last=False)
            self._characters -= len(oldest)


def _unclear(name: str | None) -> str:
    if name is not None:
        return f"the document has no operation named “{name}”."
    return "the document has several operations, or none."
