"""Usage: what is wrong with a command line, in Chinese as well; typer says it in English."""

from __future__ import annotations

import re

import typer

_SAID = (
    (r"Missing option '?(?P<what>[^'.]+)'?", "缺少选项 {what}。"),
    (r"Missing argument '?(?P<what>[^'.]+)'?", "缺少参数 {what}。"),
    (r"Missing command", "缺少子命令。"),
    (r"No such option: (?P<what>\S+)", "没有选项 {what}。"),
    (r"No such command '(?P<what>.*?)'", "没有命令 {what}。"),
    (r"Option '?(?P<what>[^' ]+)'? requires an argument", "选项 {what} 后面缺少值。"),
    (r"Option '?(?P<what>[^' ]+)'? does not take a value", "选项 {what} 不带值。"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((?P<what>.*)\)", "多余的参数：{what}。"),
    (
        r"Invalid value for '?(?P<what>[^':]+)'?:.* is not one of (?P<known>.*?)\.?$",
        "{what} 的值只能是：{known}。",
    ),
    (r"Invalid value for '?(?P<what>[^':]+)'?:", "{what} 的值无效。"),
)
"""How messages begin, and what they mean."""


def in_chinese(error: typer.TyperException) -> str | None:
    """What an error means that typer found in a command line; None for one that has no translation."""
    message = " ".join(error.format_message().split())
    for pattern, words in _SAID:
        found = re.match(pattern, message)
        if found is not None:
            return words.format(**found.groupdict())
    return None


def tell(error: typer.TyperException, locale: str) -> None:
    """Say it on stderr before typer does, to who reads Chinese."""
    said = in_chinese(error) if locale == "zh" else None
    if said is not None:
        typer.echo(said, err=True)
