"""Checking a pack for its author: every problem of every file in one run, and what its cases give.

report      what a check comes to
pack        a pack, wherever it comes from
tables      sample tables against schemes, units and calendars
stray       files that nothing reads
advisory    what is no error yet, but will be or should be looked at
"""

from steelyard.packs.checking.pack import check_pack, check_scheme_file
from steelyard.packs.checking.report import Report

__all__ = ["Report", "check_pack", "check_scheme_file"]
