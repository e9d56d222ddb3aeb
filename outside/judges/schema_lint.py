"""The linter `@graphql-eslint` with all its rules for schemas, Relay's among them; what is off says why."""

from __future__ import annotations

from outside.judgement import Judgement, passed_if
from outside.node import node, package_program
from outside.places import OUTSIDE, ROOT, SDL
from outside.program import said


def judge() -> Judgement:
    """Lint the committed SDL; nothing is asked of the service."""
    linter = package_program("eslint", "bin/eslint.js")
    options = ("--config", OUTSIDE / "eslint.config.mjs", "--max-warnings", "0")
    # From the root: ESLint passes over files that do not lie below where it runs.
    done = node([linter, *options, SDL], folder=ROOT)
    return passed_if(done.returncode == 0, said(done))
