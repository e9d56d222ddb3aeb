"""Numbers of scheme files are exact decimals; percent is remembered where it says something."""

from fractions import Fraction

import pytest

from steelyard.scheme import Quantity, read_scheme_text
from steelyard.scheme.rubric import ChoiceRubric, LinearRubric, NamedRubric, Rubric

HEAD = "format: steelyard/1\nscheme: test.numbers\n"


def rubric_of(written: str) -> Rubric | None:
    text = f"{HEAD}parameters: {{p: 7}}\nindicators: [{{code: A, rubric: {written}}}]"
    return read_scheme_text(text).indicators[0].rubric


def best_of(written: str) -> Quantity:
    rubric = rubric_of(f"{{kind: linear, worst: -7.5, best: {written}}}")
    assert isinstance(rubric, LinearRubric)
    return rubric.best


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0.1", Fraction(1, 10)),
        ("1e-3", Fraction(1, 1000)),
        ("12.50", Fraction(25, 2)),
        ("-0", Fraction(0)),
        ("010", Fraction(10)),
        ("+.5", Fraction(1, 2)),
        ("1E2", Fraction(100)),
        ("0.1000000000000000000000000000001", Fraction(10**30 + 1, 10**31)),
        ("'3.3'", Fraction(33, 10)),
        ("70%", Fraction(7, 10)),
        ("0.05 %", Fraction(5, 10000)),
    ],
)
def test_numbers_are_exact(written: str, value: Fraction) -> None:
    quantity = best_of(written)
    assert quantity.value == value
    assert quantity.percent is ("%" in written)


def test_a_parameter_stands_for_its_number() -> None:
    quantity = best_of("$p")
    assert quantity.parameter == "p"
    assert quantity.resolved({"p": Quantity.of(7)}) == 7


@pytest.mark.parametrize("written", ["70%", "0.7", "0.70", "7e-1"])
def test_a_rate_is_a_rate_however_it_is_written(written: str) -> None:
    scheme = read_scheme_text(f"{HEAD}pass: {written}\nindicators: [{{code: A, rubric: {{kind: points}}}}]")
    assert scheme.pass_ == Quantity(Fraction(7, 10), percent=True)


def test_numbers_of_a_choice_are_exact_too() -> None:
    rubric = rubric_of("{kind: choice, table: {a: -0.3, b: 1e-2}, clamp: [0.1, 9.9]}")
    assert isinstance(rubric, ChoiceRubric)
    assert rubric.table == {"a": Quantity(Fraction(-3, 10)), "b": Quantity(Fraction(1, 100))}
    assert rubric.clamp == (Quantity(Fraction(1, 10)), Quantity(Fraction(99, 10)))


def test_arguments_of_a_python_rubric_keep_their_kinds() -> None:
    args = "{prior: 80%, strength: 20, name: abc, flag: true, list: [0.1, x], more: {p: $p}}"
    rubric = rubric_of(f"{{kind: python, name: r, args: {args}}}")
    assert isinstance(rubric, NamedRubric)
    assert rubric.args == {
        "prior": Quantity(Fraction(4, 5), percent=True),
        "strength": Quantity.of(20),
        "name": "abc",
        "flag": True,
        "list": (Quantity(Fraction(1, 10)), "x"),
        "more": {"p": Quantity(None, parameter="p")},
    }
