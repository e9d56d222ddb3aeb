"""Weights: tried, drafted, published from a period on, and which of them hold in a period."""
