"""Improvement: what to do about weak points."""
