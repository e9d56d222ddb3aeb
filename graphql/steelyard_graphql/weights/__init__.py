"""Weights: tried, tested on the past, found by a method, drafted and published; how robust a ranking is."""
