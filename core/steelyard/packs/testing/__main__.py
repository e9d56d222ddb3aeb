"""`python -m steelyard.packs.testing PACK` prints what `released.yaml` is to say of a pack as it is now."""

from __future__ import annotations

import sys

from steelyard.packs.testing.releases import released
from steelyard.packs.testing.subject import load


def main(words: list[str]) -> int:
    """Print the lines for one pack, by its name or folder; the exit status."""
    if len(words) != 1:
        sys.stderr.write("usage: python -m steelyard.packs.testing PACK\n")
        return 2
    subject = load(words[0])
    if not subject.is_loaded:
        sys.stderr.write("".join(f"{problem.text()}\n" for problem in subject.problems))
        return 1
    sys.stdout.write(released(subject.schemes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
