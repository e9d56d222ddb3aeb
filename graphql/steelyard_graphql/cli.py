"""The console script: core's commands, and those that need the server."""

from __future__ import annotations

from steelyard.cli.app import app


def main() -> None:
    """Run the command line of this process."""
    app()
