"""Whatever the text, reading it gives a scheme or InvalidInput with problems that can be told."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from steelyard.errors import InvalidInput, Problem
from steelyard.scheme import Scheme, check_scheme, read_scheme_text

TEXT = (Path(__file__).parent.parent / "data" / "schemes" / "good" / "every-kind.yaml").read_text()
LINES = TEXT.splitlines()
PIECES = [
    *("~", "null", "[]", "{}", "[1]", "{a: b}", "-1", "0", "1e9", "70", "70%", "$limit", "true", "NO"),
    *("甲", "１２", "*a", "&a ", "!t ", "- ", ": ", ", ", "# ", "\n", "\t", '"', "'", "|", "\x00", "\x85"),
    *("code: ", "kind: points"),
]


def read(text: str) -> Scheme | None:
    """Read a text; every problem can be said in both languages and has a place."""
    warnings: list[Problem] = []
    scheme: Scheme | None = None
    errors: tuple[Problem, ...] = ()
    try:
        scheme = read_scheme_text(text, "x.yaml", warnings=warnings)
    except InvalidInput as invalid:
        errors = invalid.problems
    assert bool(errors) is (scheme is None)
    for problem in (*errors, *warnings):
        assert problem.place.line
        assert problem.place.column
        assert problem.text("zh") != problem.text("en")
    return scheme


@st.composite
def mutated_texts(draw: st.DrawFn) -> str:
    """The text of a scheme with a few lines and words lost, doubled or replaced."""
    lines = LINES.copy()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "indent", "word", "word", "word", "insert"]))
        if change == "drop":
            lines[at] = ""
        elif change == "double":
            lines[at] = LINES[draw(st.integers(0, len(LINES) - 1))]
        elif change == "indent":
            lines[at] = "  " + lines[at]
        else:
            words = lines[at].split(" ")
            word = draw(st.integers(0, len(words) - 1))
            words[word : word + (change == "word")] = [draw(st.sampled_from(PIECES))]
            lines[at] = " ".join(words)
    return "\n".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated_texts())
def test_mutated_schemes_raise_nothing_but_invalid_input(text: str) -> None:
    scheme = read(text)
    if scheme is not None:
        assert all(problem.level != "error" for problem in check_scheme(scheme))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab: -{}[],&*!|>'\"%#?\n\t\\1甲~"), max_size=60))
@example(TEXT.replace("none: 10", "code: 10"))
@example("? ? ?")
@example("format: steelyard/1\nscheme: a\nindicators: {code: x}")
def test_no_text_raises_anything_but_invalid_input(text: str) -> None:
    read(text)
