"""What may be written into a cell of points: in words beside it, and as a spreadsheet checks it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from openpyxl.worksheet.datavalidation import DataValidation

from steelyard.errors import Locale, Text
from steelyard.intake.notation import Notation
from steelyard.scheme.number import decimal_text

HEAD = Text("填写", "To enter")
"""The head of the column with hints, and the title of what a cell says when it is chosen."""
_ELSE = Text("不适用填 n/a，没有结果则留空。", "n/a where it does not apply, empty where there is no result.")
_WORDS = {
    Notation.PERCENT: Text("0–100 %", "0–100 %"),
    Notation.RATE: Text("0–100 %，如 95%", "0–100 %, as in 95%"),
    Notation.SHARE: Text("百分数，如 95%", "a percentage, as in 95%"),
    Notation.COUNT: Text("次数，整数≥0", "a count, whole, ≥ 0"),
    Notation.PLAIN: Text("数值", "a number"),
    Notation.OPEN: Text("数值或百分数", "a number or a percentage"),
    Notation.MARKED: Text("数值或百分数", "a number or a percentage"),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a measure takes: `words`, and the lowest and highest number where there is one."""

    words: Text
    low: Fraction | None = None
    high: Fraction | None = None

    def validation(self, cell: str, locale: Locale) -> DataValidation:
        """What checks the cell and says what it takes."""
        limits = [f"ISNUMBER({cell})"]
        if self.low is not None:
            limits.append(f"{cell}>={written_number(self.low)}")
        if self.high is not None:
            limits.append(f"{cell}<={written_number(self.high)}")
        number = limits[0] if len(limits) == 1 else f"AND({','.join(limits)})"
        known = f'OR({number},{cell}="n/a",{cell}="不适用")'
        validation = DataValidation(type="custom", formula1=known, allow_blank=True)
        mark = "。" if locale == "zh" else ". "
        validation.promptTitle = validation.errorTitle = HEAD.get(locale)
        validation.prompt = f"{self.words.get(locale)}{mark}{_ELSE.get(locale)}"
        validation.error = validation.prompt
        validation.showInputMessage = validation.showErrorMessage = True
        validation.add(cell)
        return validation


def hint_of(notation: Notation, full: Fraction | None) -> Hint:
    """What a measure takes: points up to the full mark where there is one, else what its notation says."""
    if full is not None:
        most = decimal_text(full)
        return Hint(Text(f"0–{most} 分", f"0–{most} points"), Fraction(0), full)
    manner = notation.value
    low, high = (None if each is None else Fraction(each) for each in (manner.low, manner.high))
    return Hint(_WORDS[notation], low, high)


def written_number(number: Fraction) -> str:
    """A number as a formula has it."""
    return str(number.numerator) if number.denominator == 1 else repr(float(number))
