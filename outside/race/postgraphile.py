"""PostGraphile 5 as its documentation runs it, in production, on one schema of a database."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, urlsplit

from outside.node import environment, package_program, program
from outside.places import OUTSIDE, folder

PRESET = "postgraphile/presets/amber"
_LISTENING = re.compile(r"Server listening on port \d+ at (http://\S+)")


@contextmanager
def running(url: str, schema: str) -> Iterator[tuple[str, int]]:
    """Serve a schema until the end of the block; yield where, and the process."""
    command = [program(), package_program("postgraphile", "dist/cli-run.js")]
    options = ["--preset", PRESET, "--connection", _for_node(url), "--schema", schema]
    log = folder("logs") / "postgraphile.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*command, *options, "--host", "127.0.0.1", "--port", "0"],
            cwd=OUTSIDE,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield _address(process), process.pid
        finally:
            process.terminate()
            process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := _LISTENING.search(line):
            return found[1]
    raise RuntimeError("PostGraphile did not start")


def _for_node(url: str) -> str:
    """Return an address on a unix socket as Node's driver writes it: the folder as the host."""
    parts = urlsplit(url)
    place = parse_qs(parts.query)["host"][0]
    return f"postgres://{parts.username}@{quote(place, safe='')}{parts.path}"
