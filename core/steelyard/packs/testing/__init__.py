"""The conformance suite for packs: three lines in an author's tests, run by pytest.

    from steelyard.packs.testing import PackConformance

    class TestParks(PackConformance):
        pack = "parks"

`pack` is the name of an installed pack, or the path of a pack's folder.  The suite needs no plugin and no
fixture: pytest collects the class as it stands, and this package does not import pytest.

    conformance   the class, one method a check
    subject       the pack under test, loaded alone
    arbitrary     measurements of all sorts, the same in every run
    the others    one check each: the pack in, problems out
"""

from steelyard.packs.testing.conformance import PackConformance

__all__ = ["PackConformance"]
