"""The report of a soak: what was run and found, also of a campaign that broke off or was interrupted."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from soak import __main__ as command
from soak.report import Report, Section, quantiles

Campaign = Callable[[int, float | None, Section, str], bool]


def well(queries: int, end: float | None, section: Section, seed: str) -> bool:
    section.say(f"asked {queries} with {seed}")
    section.figures("answers", ["what", "times"], [["a|b", 3]])
    return True


def faulty(queries: int, end: float | None, section: Section, seed: str) -> bool:
    section.fault("a wrong answer")
    return False


def broken(queries: int, end: float | None, section: Section, seed: str) -> bool:
    section.say("begun")
    raise OSError("no room")


def interrupted(queries: int, end: float | None, section: Section, seed: str) -> bool:
    section.say("half of it")
    raise KeyboardInterrupt


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs campaigns; the exit status and the report."""

    def run(**campaigns: Campaign) -> tuple[int, str]:
        path = tmp_path / "report.md"
        monkeypatch.setattr(command, "CAMPAIGNS", campaigns)
        monkeypatch.setattr("signal.signal", lambda *_: None)
        monkeypatch.setattr(sys, "argv", ["soak", "--report", str(path), "--seed", "s", "--queries", "7"])
        return command.main(), path.read_text(encoding="utf-8")

    return run


def went(text: str) -> dict[str, str]:
    """How the campaigns of a report went."""
    return dict(re.findall(r"^\| (\w+) \| \d+ \| \d+ \| (\S+) \|$", text, re.MULTILINE))


def test_what_was_run_is_told(run: Callable[..., tuple[int, str]]) -> None:
    status, text = run(first=well)
    assert (status, went(text)) == (0, {"first": "well"})
    for told in ("Steelyard | 0.", "processors", "queries 7, seed s", "asked 7 with s", "| a/b | 3 |"):
        assert told in text
    assert "| result | well |" in text


def test_faults_of_one_campaign_do_not_keep_the_next_from_running(
    run: Callable[..., tuple[int, str]],
) -> None:
    status, text = run(first=faulty, second=broken, third=well)
    assert (status, went(text)) == (1, {"first": "**FAULTS**", "second": "**FAULTS**", "third": "well"})
    assert "a wrong answer" in text
    assert "it broke off: OSError: no room" in text


def test_what_was_found_until_an_interruption_is_kept(run: Callable[..., tuple[int, str]]) -> None:
    status, text = run(first=well, second=interrupted, third=well)
    assert (status, went(text)) == (1, {"first": "well", "second": "interrupted"})
    assert "half of it" in text
    assert "| result | interrupted |" in text


def test_a_report_of_nothing_is_not_well() -> None:
    report = Report({}, [Section("a")])
    assert not report.is_well


def test_quantiles() -> None:
    assert quantiles([each / 1000 for each in range(1, 101)]) == ["51 ms", "91 ms", "100 ms", "100 ms"]
    assert quantiles([]) == ["–"] * 4
