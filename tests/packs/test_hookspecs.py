"""The hooks are documented: each has words and an example that names its decorator and return type."""

import inspect

import pytest

from steelyard.packs import hookspecs
from steelyard.packs.contribution import HOOKS


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_an_example(hook: str) -> None:
    words = inspect.getdoc(getattr(hookspecs, hook)) or ""
    example = words.partition("Example:")[2]
    assert "@hookimpl" in example
    assert f"def {hook}() ->" in example


@pytest.mark.parametrize("hook", HOOKS)
def test_no_hook_takes_arguments_or_waits(hook: str) -> None:
    function = getattr(hookspecs, hook)
    assert not inspect.signature(function).parameters
    assert not inspect.iscoroutinefunction(function)


@pytest.mark.parametrize("hook", HOOKS)
def test_the_room_and_the_examples_agree_on_the_return_type(hook: str) -> None:
    function = getattr(hookspecs, hook)
    returned = inspect.signature(function).return_annotation.removesuffix(" | None")
    assert f"def {hook}() -> {returned}:" in (inspect.getdoc(function) or "")
