"""Scoring: observations in, outcomes, rates, bands and verdicts out. Pure, vectorised over rows."""
