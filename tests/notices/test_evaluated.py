"""What an evaluation brings: new findings, rules that fired, thresholds; each told once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

from administration.people import Seat
from services.shop_pack import SCHEME, SOURCE, shop_packs
from steelyard.access.actor import LOCAL_ADMINISTRATOR
from steelyard.improvement.finding import EarlierRate, FindingKind, Surroundings
from steelyard.improvement.findings import find
from steelyard.scoring import RuleState
from steelyard.services import editions, evaluating, measurements, sampling, scorecards
from steelyard.services.administration.calendars import ClosePeriod
from steelyard.services.administration.perform import perform
from steelyard.services.administration.subscribers import AddSubscriber
from steelyard.services.context import context_on
from steelyard.services.notices import listing
from steelyard.services.notices.change import new_findings
from steelyard.services.notices.recency import Recency
from steelyard.services.notices.want import NoticeKind, Want
from steelyard.store.engine import Database
from steelyard.store.subscribers import Channel

FINDING, RULE, THRESHOLD = NoticeKind.FINDING_NEW, NoticeKind.RULE_FIRED, NoticeKind.THRESHOLD
CLOSING = "verdict: suspended, consequence: {title: {zh: 停业, en: Close}, action: close, deadline_days: 14}}"
MEASURED = (
    ("S1", "SPEED", "50%"),
    ("S1", "KINDNESS", "60%"),
    ("S2", "SPEED", "66%"),
    ("S3", "SPEED", "80%"),
    ("S3", "KINDNESS", "20%"),
    ("S4", "KINDNESS", "100%"),
)
MONTH = f"{SCHEME}/month/2025-02"


@pytest.fixture
async def seat(database: Database) -> AsyncIterator[Seat]:
    """The local administrator of a tenant with the shops of the sample, evaluated before anybody listens."""
    packs = shop_packs(
        SOURCE.replace("rate_at_most: 10%}, verdict: suspended}", f"rate_at_most: 10%}}, {CLOSING}")
    )
    async with context_on(database, packs) as context:
        found = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*found)
        yield found


async def listen(seat: Seat, *wants: Want, unit: str | None = None) -> None:
    deed = AddSubscriber(Channel.MAIL, "ada@example.org", wants, unit)
    await perform(*seat, deed, reason="they asked")


async def measure(seat: Seat, unit: str, name: str, value: str, period: str = "2025-02") -> None:
    """Record a value and evaluate."""
    known = {"scheme": SCHEME, "unit": unit, "period": period}
    await measurements.record(*seat, **known, measure=name, value=value)
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME)


async def told(seat: Seat, unit: str | None = None) -> dict[str, Any]:
    """The payloads of all notices by key, or of those of a unit."""
    page = await listing.notices_after(*seat)
    return {row.key: row.payload for row in page.rows if unit in (None, row.payload["unit"]["code"])}


async def test_a_finding_that_the_period_before_did_not_have_is_told_once(seat: Seat) -> None:
    await listen(seat, Want(FINDING))
    await measure(seat, "S1", "SPEED", "50%")
    first = await told(seat)
    place = f"finding.new/{MONTH}/S1"
    assert {f"{place}/falling:SPEED", f"{place}/below_line:SPEED"} <= first.keys()
    found = first[f"{place}/below_line:SPEED"]
    assert found["unit"] == {"code": "S1", "title": {"zh": "一店", "en": "Shop 1"}}
    assert found["period"] == {"calendar": "month", "code": "2025-02"}
    assert found["values"]["node"] == "SPEED"
    assert "70%" in found["text"]["en"]
    assert "70%" in found["text"]["zh"]
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
    assert (await told(seat)).keys() == first.keys(), "evaluated again"
    await measure(seat, "S1", "SPEED", "49%")
    assert (await told(seat)).keys() == first.keys(), "another figure, the same matter"
    await measure(seat, "S1", "KINDNESS", "60%")
    assert f"{place}/below_line:KINDNESS" in (await told(seat)).keys() - first.keys()


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_was_amiss_before_is_not_new(seat: Seat) -> None:
    await listen(seat, Want(FINDING))
    await measure(seat, "S2", "SPEED", "59%")
    assert await told(seat) == {}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_is_not_measured_is_no_news_before_the_period_is_closed(seat: Seat) -> None:
    await listen(seat, Want(FINDING))
    await measure(seat, "S2", "SPEED", "59%")
    await perform(*seat, ClosePeriod("month", "2025-02"), reason="it is over")
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
    keys = {key.rpartition("/S3/")[2] for key in await told(seat, "S3")}
    assert keys >= {"not_measured:SPEED", "data_quality:coverage/SHOP"}
    assert await told(seat, "S5") == {}, "it never had a score"


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_the_first_period_has_nothing_to_be_held_against(seat: Seat) -> None:
    await listen(seat, Want(FINDING))
    await measure(seat, "S5", "SPEED", "10%")
    assert await told(seat, "S5") == {}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_the_past_is_not_news(seat: Seat) -> None:
    await listen(seat, Want(FINDING), Want(RULE), Want(THRESHOLD, None, "SHOP", 100))
    await measure(seat, "S1", "KINDNESS", "5%", "2025-01")
    assert not [key for key in await told(seat) if "2025-01" in key]


async def test_what_comes_late_is_news_of_the_units_that_were_late(seat: Seat) -> None:
    """S1 and S3 have not been measured in March, nor S4: but of S4 nothing has come in since."""
    await listen(seat, Want(FINDING), Want(RULE), Want(THRESHOLD, None, "SHOP", 100))
    await measure(seat, "S2", "SPEED", "51%", "2025-03")
    before = (await told(seat)).keys()
    await measure(seat, "S1", "KINDNESS", "30%")
    await measure(seat, "S3", "SPEED", "40%")
    await measure(seat, "S3", "KINDNESS", "5%")
    late = (await told(seat)).keys() - before
    assert {key.split("/")[4] for key in late} == {"S1", "S3"}
    place = f"finding.new/{MONTH}/S3"
    assert {f"{place}/falling:SPEED", f"{place}/falling:SHOP", f"rule.fired/{MONTH}/S3/unkind"} <= late
    assert f"threshold/{MONTH}/S3/SHOP/100" in late


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_a_later_period_has_overtaken_is_no_news(seat: Seat) -> None:
    await listen(seat, Want(FINDING), Want(RULE), Want(THRESHOLD, None, "SHOP", 100))
    for name in ("SPEED", "KINDNESS"):
        await measure(seat, "S3", name, "90%", "2025-03")
    before = (await told(seat)).keys()
    await measure(seat, "S3", "KINDNESS", "5%")
    assert (await told(seat)).keys() == before
    assert [key for key in await told(seat, "S3") if MONTH in key] == []


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_feed_that_is_late_is_news_of_what_it_measures(seat: Seat) -> None:
    """The others of S1 have gone on; of its kindness nothing is known after January."""
    await listen(seat, Want(FINDING))
    await measure(seat, "S3", "SPEED", "61%")
    await measure(seat, "S3", "SPEED", "62%", "2025-03")
    before = (await told(seat)).keys()
    await measure(seat, "S3", "KINDNESS", "20%")
    assert (await told(seat)).keys() - before == {f"finding.new/{MONTH}/S3/falling:KINDNESS"}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_is_long_past_is_no_news_of_whoever_ended_then(seat: Seat) -> None:
    await listen(seat, Want(FINDING), Want(RULE), Want(THRESHOLD, None, "SHOP", 100))
    for month in ("03", "04"):
        await measure(seat, "S1", "SPEED", "90%", f"2025-{month}")
    before = (await told(seat)).keys()
    await measure(seat, "S4", "SPEED", "10%", "2025-01")
    await measure(seat, "S4", "SPEED", "10%")
    assert {key for key in (await told(seat)).keys() - before if "2025-01" in key} == set()
    assert {key for key in (await told(seat)).keys() - before if MONTH in key}, "one of the last three"


async def test_history_that_is_imported_is_no_news(seat: Seat) -> None:
    """Ten months in one go: told is of the last month, although S2 and S3 have ended before."""
    await listen(seat, Want(FINDING), Want(RULE), Want(THRESHOLD, None, "SHOP", 100))
    for unit, last in (("S1", 12), ("S2", 11), ("S3", 6)):
        for month in range(3, last + 1):
            known = {"scheme": SCHEME, "unit": unit, "period": f"2025-{month:02}"}
            for name in ("SPEED", "KINDNESS"):
                value = "95%" if month < last else "5%"
                await measurements.record(*seat, **known, measure=name, value=value)
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
    keys = {key for key in await told(seat) if "/month/" in key}
    assert {tuple(key.split("/")[3:5]) for key in keys} == {("2025-12", "S1")}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_new_is_what_the_findings_of_both_periods_say(seat: Seat) -> None:
    for unit, name, value in MEASURED:
        await measure(seat, unit, name, value)
    await perform(*seat, ClosePeriod("month", "2025-02"), reason="it is over")
    view, _, scope = seat
    scores = await editions.load_whole(view, scope, view.context.entry(SCHEME))
    before, now = scores.period("2025-01"), scores.period("2025-02")
    units = scores.units[:4]
    told = {(each.unit.code, each.finding.key) for each in new_findings(Recency(scores, now), units)}
    expected = set()
    for unit in units:
        rates = scores.evaluation.rates[:, scores.row(unit, before)]
        known = {
            code: EarlierRate(before.code, float(rate))
            for code, rate in zip(scores.evaluation.codes, rates, strict=True)
            if rate == rate
        }
        was = {each.key for each in find(scores.evaluation, scores.row(unit, before))}
        around = Surroundings(earlier=known)
        found = find(scores.evaluation, scores.row(unit, now), around=around)
        expected |= {
            (unit.code, each.key)
            for each in found
            if each.key not in was and each.kind is not FindingKind.RULE_FIRED
        }
    assert told == expected
    assert len(told) > 8


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_rule_that_fired_tells_what_follows(seat: Seat) -> None:
    await listen(seat, Want(RULE))
    await measure(seat, "S1", "KINDNESS", "5%")
    assert list(await told(seat)) == [f"rule.fired/{MONTH}/S1/unkind"]
    found = (await told(seat))[f"rule.fired/{MONTH}/S1/unkind"]
    until = (date.today() + timedelta(days=14)).isoformat()
    assert found["values"]["consequence"] == {
        "title": {"zh": "停业", "en": "Close"},
        "action": "close",
        "deadline_days": 14,
        "deadline": until,
    }
    assert found["text"]["en"].endswith("What follows: Close, within 14 days.")


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_quota_is_not_told_of_as_it_tells_of_all_units(database: Database) -> None:
    quota = "  - {id: shares, kind: quota, shares: {A: 1, B: 1, C: 1}, min_group: 3, advisory: false}\n"
    async with context_on(database, shop_packs(SOURCE + quota)) as context:
        seat = context.view(), LOCAL_ADMINISTRATOR, context.scope
        await sampling.load_samples(*seat)
        await listen(seat, Want(RULE))
        for unit in ("S1", "S2", "S3"):
            await measure(seat, unit, "SPEED", "95%")
            await measure(seat, unit, "KINDNESS", "95%")
        card = await scorecards.card(*seat, scheme=SCHEME, unit="S3", period="2025-02")
        assert [rule.state for rule in card.rules if rule.rule.id == "shares"] == [RuleState.FIRED]
        assert await told(seat) == {}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_threshold_is_told_of_units_below_it(seat: Seat) -> None:
    await listen(seat, Want(THRESHOLD, None, "SERVICE", 88), Want(THRESHOLD, None, "NONE", 50))
    await measure(seat, "S1", "SPEED", "91%")
    keys = {key: each["values"] for key, each in (await told(seat)).items()}
    assert keys == {
        f"threshold/{MONTH}/{unit}/SERVICE/88": {"node": "SERVICE", "below": 88, "score": score}
        for unit, score in (("S1", 87.5), ("S2", 55))
    }


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_a_score_at_the_threshold_is_not_below_it(seat: Seat) -> None:
    await listen(seat, Want(THRESHOLD, SCHEME, "SERVICE", 87.5))
    await measure(seat, "S1", "SPEED", "91%")
    assert [key for key in await told(seat) if "/S1/" in key] == []


@pytest.mark.parametrize(
    ("want", "unit"),
    [
        (Want(THRESHOLD, "test.other", "SHOP", 99), None),
        (Want(THRESHOLD, None, "SHOP", 99), "SOUTH"),
        (Want(NoticeKind.ACTION_DUE), None),
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_what_nobody_wants_is_not_told(seat: Seat, want: Want, unit: str | None) -> None:
    await listen(seat, want, unit=unit)
    await measure(seat, "S1", "SPEED", "50%")
    assert await told(seat) == {}


async def test_an_evaluation_that_is_taken_back_tells_nothing(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await listen(seat, Want(FINDING))

    async def fail(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(evaluating, "record_receipts", fail)
        with pytest.raises(InterruptedError):
            await measure(seat, "S1", "SPEED", "50%")
    assert await told(seat) == {}
    await evaluating.evaluate_scheme(*seat, scheme=SCHEME)
    assert f"finding.new/{MONTH}/S1/below_line:SPEED" in await told(seat)
