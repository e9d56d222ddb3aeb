"""A TypeScript client: generated from the SDL and the screens' queries, compiled strictly, and run."""

from __future__ import annotations

from outside.judgement import Judgement, Outcome, passed_if
from outside.node import node, package_program
from outside.places import OUTSIDE, folder
from outside.program import said
from outside.service import Service

TYPED = OUTSIDE / "typed"


def judge(service: Service) -> Judgement:
    """Generate types with GraphQL Code Generator, check a program on them with `tsc`, run the program."""
    folder("typed")
    steps = (
        (package_program("@graphql-codegen/cli", "esm/bin.js"), "--config", TYPED / "codegen.mjs"),
        (package_program("typescript", "bin/tsc"), "--project", TYPED / "tsconfig.json"),
        ("--disable-warning=ExperimentalWarning", TYPED / "program.ts", service.url, service.authorization),
    )
    for step in steps:
        done = node(step)
        if done.returncode:
            return Judgement(Outcome.FAILED, tuple(said(done)))
    return passed_if(True, said(done))
