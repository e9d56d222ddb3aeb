"""The Relay compiler: it takes the SDL, connections, refetchable fragments and `node` as they are."""

from __future__ import annotations

import shutil

from outside.judgement import Judgement, passed_if
from outside.node import node, package_program
from outside.places import OUTSIDE, folder
from outside.program import said


def judge() -> Judgement:
    """Compile what a Relay application holds; nothing is asked of the service."""
    # What was compiled before would not be compiled again.
    shutil.rmtree(folder("relay"))
    compiled = folder("relay")
    compiler = package_program("relay-compiler", "cli.js")
    done = node(
        [compiler, OUTSIDE / "relay" / "relay.config.json", "--noWatchman", "--output", "quiet-with-errors"]
    )
    artifacts = len(list(compiled.glob("*.graphql.ts")))
    return passed_if(done.returncode == 0 and artifacts > 0, [*said(done), f"{artifacts} artifacts"])
