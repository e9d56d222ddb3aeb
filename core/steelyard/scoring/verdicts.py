"""Verdicts: what the pass line, the bands and the fired rules finally say."""

from __future__ import annotations

import numpy as np

from steelyard.scheme.model import FAILED, PASSED, Scheme
from steelyard.scheme.rule import AdjustRule, GateRule, QuotaRule, Rule, StreakRule, VetoRule
from steelyard.scoring.cells import Cells
from steelyard.scoring.evaluation import Evaluation, Verdicts, verdict_words
from steelyard.scoring.lines import Marks
from steelyard.scoring.observations import Codes, Rows
from steelyard.scoring.outcome import Outcome, RuleState
from steelyard.scoring.rubrics.function import Bools
from steelyard.scoring.rules.adjust import vetoed
from steelyard.scoring.rules.final import FinalRates
from steelyard.scoring.rules.gate import gate
from steelyard.scoring.rules.quota import band_shares, expected_bands
from steelyard.scoring.rules.standing import Standing
from steelyard.scoring.rules.streak import chronological, streak
from steelyard.scoring.rules.veto import cap_rate, veto

NO_VERDICT = -1


def apply_rules(standing: Standing, band: Marks, states: Codes) -> Verdicts:
    """Apply gates and vetoes, writing their states; return the verdicts before streaks, (n,).

    A veto's cap then limits the root's rate; bands and pass lines were set before.
    """
    scheme = standing.tree.scheme
    fired = np.full(len(standing.rows), NO_VERDICT, dtype=np.int16)
    root = standing.chunk.rate[0]
    limit = np.full(len(root), np.inf)
    for state, rule in zip(states, scheme.rules, strict=True):
        word, hit = _decide(rule, standing, state)
        if word is not None:
            _raise_to(fired, scheme, word, hit)
        cap = cap_rate(rule, standing) if isinstance(rule, VetoRule) else None
        if cap is not None:
            limit[hit] = np.minimum(limit[hit], float(cap))
    np.minimum(root, limit, out=root)
    return _outrank(scheme, _base_verdict(standing, band), fired)


def _decide(rule: Rule, standing: Standing, state: Codes) -> tuple[str | None, Bools]:
    """Write a rule's states; return the verdict it may set, and where it does."""
    if isinstance(rule, AdjustRule):
        over = vetoed(rule, standing)
        np.copyto(state, over, where=over == RuleState.FIRED)
        return rule.verdict, np.asarray(over == RuleState.FIRED)
    if isinstance(rule, GateRule | VetoRule):
        state[:] = gate(rule, standing) if isinstance(rule, GateRule) else veto(rule, standing)
        state[standing.exempt(rule.id)] = RuleState.EXEMPT
        return rule.verdict, np.asarray(state == RuleState.FIRED)
    return None, np.zeros(len(state), dtype=bool)


def _raise_to(fired: Verdicts, scheme: Scheme, word: str, hit: Bools) -> None:
    np.maximum(fired, np.int16(scheme.verdicts.index(word)), out=fired, where=hit)


def _base_verdict(standing: Standing, band: Marks) -> Verdicts:
    """Passed or failed by the root's pass line; without one the band; none without a score."""
    scheme = standing.tree.scheme
    words = verdict_words(scheme)
    result = np.full(len(standing.rows), NO_VERDICT, dtype=np.int16)
    if standing.tree.nodes[0].line is not None:
        passed = standing.passed[0]
        result[passed == 1] = words.index(PASSED)
        result[passed == 0] = words.index(FAILED)
    elif scheme.bands:
        first = len(words) - len(scheme.bands)
        result[:] = np.where(band >= 0, first + band.astype(np.int16), NO_VERDICT)
    return result


def _outrank(scheme: Scheme, base: Verdicts, fired: Verdicts) -> Verdicts:
    """The more severe of two verdicts; words outside the scheme's list are milder than any in it."""
    rank = np.where(base < len(scheme.verdicts), base, NO_VERDICT)
    return np.where((fired >= 0) & (fired >= rank), fired, base).astype(np.int16)


def apply_streaks(result: Evaluation) -> None:
    """Apply streak rules to the bands and to the verdicts as they stand after gates and vetoes."""
    scheme = result.scheme
    rules = [(i, rule) for i, rule in enumerate(scheme.rules) if isinstance(rule, StreakRule)]
    if not rules:
        return
    order, lane = chronological(result.observations)
    exempt = result.observations.exempt_rules
    scored = np.asarray(result.outcomes[0] == Outcome.SCORED)
    fired = np.full(result.rows, NO_VERDICT, dtype=np.int16)
    for i, rule in rules:
        state = streak(_matches(rule, result), scored, rule.periods, order, lane)
        if rule.id in exempt:
            state[exempt[rule.id]] = RuleState.EXEMPT
        result.rule_states[i] = state
        _raise_to(fired, scheme, rule.then, np.asarray(state == RuleState.FIRED))
    result.verdict[:] = _outrank(scheme, result.verdict, fired)


def _matches(rule: StreakRule, result: Evaluation) -> Bools:
    if rule.band is not None:
        return np.asarray(result.band_marks[0] == result.bands.index(rule.band))
    words = np.array([word == rule.verdict for word in (*result.verdict_words, "")])
    return words[result.verdict]


def apply_quotas(result: Evaluation, cells: Cells) -> None:
    """Share out the bands in each period's group of scored units, and say where a unit's own band differs.

    Advisory quotas change nothing. Of the others, the worst band expected stands as the verdict of a unit
    that has another one, instead of a band or of `passed`; every other verdict outranks it.
    """
    scheme, period = result.scheme, result.observations.period
    rules = [(i, rule) for i, rule in enumerate(scheme.rules) if isinstance(rule, QuotaRule)]
    if not rules:
        return
    result.distribution[:] = _distribution(result)
    finals = FinalRates(result, cells)
    forced = np.full(result.rows, NO_VERDICT, dtype=np.int16)
    for number, (i, rule) in enumerate(rules):
        shares = band_shares(rule, scheme)
        expected = expected_bands(result.rates[0], period, shares, rule.min_group, finals.of)
        exempt = cells.exempt_from(rule.id, np.arange(result.rows))
        differs = (expected >= 0) & (expected != result.band_marks[0]) & ~exempt
        result.quota_bands[number] = expected
        result.rule_states[i, differs], result.rule_states[i, exempt] = RuleState.FIRED, RuleState.EXEMPT
        if not rule.advisory:
            np.maximum(forced, expected, out=forced, where=differs)
    first = len(result.verdict_words) - len(scheme.bands)
    mild = (result.verdict >= first) | (result.verdict == result.verdict_words.index(PASSED))
    np.copyto(result.verdict, first + forced, where=(forced >= 0) & mild)


def _distribution(result: Evaluation) -> Rows:
    """How many units are in each band in each period, (periods, bands)."""
    bands = len(result.scheme.bands)
    marks = result.band_marks[0]
    scored = marks >= 0
    places = result.observations.period[scored] * bands + marks[scored]
    shape = result.distribution.shape
    return np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)
