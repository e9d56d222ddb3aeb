"""Rows: columns of values as one dict for each object, by a loop that is compiled once for its keys."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, cast

ToRows = Callable[[Sequence[list[Any]]], list[dict[str, Any]]]
"""Takes the columns in the order of the keys, all of one length."""

_KEPT = 256


@lru_cache(_KEPT)
def rows_of(keys: tuple[str, ...]) -> ToRows:
    """The loop for one key or more: `lambda columns: [{"a": v0, "b": v1} for (v0, v1) in zip(*columns)]`.

    A dict that is written out is made in half the time that `dict(zip(keys, row))` takes. The keys get into
    the loop as constants, so none of them is read as code.
    """
    code = compile(ast.fix_missing_locations(ast.Expression(_loop(keys))), "<rows>", "eval")
    (function,) = (each for each in code.co_consts if isinstance(each, CodeType))
    return cast("ToRows", FunctionType(function, {"zip": zip}))


def _loop(keys: Sequence[str]) -> ast.Lambda:
    names = [f"v{number}" for number in range(len(keys))]
    columns = ast.Starred(ast.Name("columns", ast.Load()), ast.Load())
    each = ast.comprehension(
        target=ast.Tuple([ast.Name(name, ast.Store()) for name in names], ast.Store()),
        iter=ast.Call(ast.Name("zip", ast.Load()), [columns], []),
        ifs=[],
        is_async=0,
    )
    row = ast.Dict([ast.Constant(key) for key in keys], [ast.Name(name, ast.Load()) for name in names])
    taken = ast.arguments(
        posonlyargs=[], args=[ast.arg("columns")], kwonlyargs=[], kw_defaults=[], defaults=[]
    )
    return ast.Lambda(taken, ast.ListComp(row, [each]))
