"""Steelyard: evaluates after-sales service through weighted indicator trees."""

__version__ = "0.1.0"
