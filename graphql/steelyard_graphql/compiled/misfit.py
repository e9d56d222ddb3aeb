"""Misfits: values that a plan does not know to answer with, so that the usual way has to."""


class Misfit(Exception):
    """A value is not of its type, or is to be waited for."""


class TooMany(Misfit):
    """More fields than the request may resolve."""
