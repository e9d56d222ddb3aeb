"""The schema as it is for those who may not look into it: `__type` knows no type, and everything else holds.

`__schema` cannot be null, so what asks for it is refused by its shape. `__type` is answered, as clients that
check how variables are sent ask it; it tells nothing, whatever the name.
"""

from __future__ import annotations

from graphql import GraphQLCompositeType, GraphQLField, GraphQLSchema
from graphql.type import TypeMetaFieldDef

_NO_TYPE = GraphQLField(
    TypeMetaFieldDef.type,
    args=TypeMetaFieldDef.args,
    resolve=lambda *_, **__: None,
    description=TypeMetaFieldDef.description,
)


class _Unseen(GraphQLSchema):
    """Shares everything with the schema that it stands for; it is not made by its own constructor."""

    def get_field(self, parent_type: GraphQLCompositeType, field_name: str) -> GraphQLField | None:
        """As the schema's own, but for `__type`."""
        found = super().get_field(parent_type, field_name)
        return _NO_TYPE if found is TypeMetaFieldDef else found


def unseen(schema: GraphQLSchema) -> GraphQLSchema:
    """Return the schema for those who may not look into it."""
    made = _Unseen.__new__(_Unseen)
    made.__dict__.update(vars(schema))
    return made
