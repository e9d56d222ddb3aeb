"""The explorer: GraphiQL's page as strawberry ships it, with our first query in it.

The page loads GraphiQL from the net. Where that cannot be reached it becomes a plain editor, so that the
demo also works on a machine without one.
"""

from __future__ import annotations

from importlib.resources import files

import orjson
from strawberry.http.ides import get_graphql_ide_html

_TITLE = "<title>Strawberry GraphiQL</title>"
_BODY = "<body>"


def explorer_page(first_query: str) -> str:
    """Return the page's HTML; a visitor whose address names no query sees `first_query`."""
    addition = files("steelyard_graphql.http").joinpath("explorer.html").read_text(encoding="utf-8")
    # In a script `</script>` would end it, wherever it stands.
    query = orjson.dumps(first_query).decode().replace("<", "\\u003c")
    page = get_graphql_ide_html("graphiql")
    page = page.replace(_TITLE, "<title>Steelyard</title>")
    return page.replace(_BODY, _BODY + addition.replace("FIRST_QUERY", query), 1)
