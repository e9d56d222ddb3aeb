"""`PackConformance`: one test method a check; each lists all that it finds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar
from unittest import SkipTest

from steelyard.errors import Locale, Problem
from steelyard.packs.registry import InstalledScheme
from steelyard.packs.testing.concern import Concern, concern
from steelyard.packs.testing.figures import unfounded_advice
from steelyard.packs.testing.generators import unkept
from steelyard.packs.testing.releases import changed
from steelyard.packs.testing.rubrics import unsound
from steelyard.packs.testing.samples import unmeasured
from steelyard.packs.testing.scored import unscored
from steelyard.packs.testing.sentences import unexplained
from steelyard.packs.testing.steadiness import unsteady
from steelyard.packs.testing.subject import Subject, load
from steelyard.packs.testing.titles import untitled_besides
from steelyard.scoring import PythonRubric

_SchemeCheck = Callable[[InstalledScheme, Mapping[str, PythonRubric]], Iterator[Problem]]


class PackConformance:
    """What every pack keeps to.  A subclass named `Test…` in a test module is run by pytest.

    pack: the name of an installed pack, or the path of a pack's folder.
    unmeasured: the codes of indicators that the samples do not measure, and should not.
    locale: the language of what a failing check says.
    """

    pack: ClassVar[str | Path]
    unmeasured: ClassVar[Collection[str]] = ()
    locale: ClassVar[Locale] = "en"

    def test_it_loads(self) -> None:
        """Alone and strictly: it is found, it imports, and its hooks return records."""
        self._report(self._told(Concern.LOADING))

    def test_it_is_for_this_api_version(self) -> None:
        """Its `api_version` is this Steelyard's."""
        self._report(self._told(Concern.VERSION))

    def test_its_files_have_no_errors(self) -> None:
        """Every file can be read and passes the linter; warnings do not fail."""
        self._report(self._told(Concern.FILES))

    def test_every_figure_is_sourced_or_assumed(self) -> None:
        """Every weight, line, rubric and rule has a `source`, or is marked as `assumed` with a note."""
        self._report(self._told(Concern.FIGURES))
        self._report(unfounded_advice(self._loaded()))

    def test_everything_is_said_in_both_languages(self) -> None:
        """Titles and notes stand in zh and in en."""
        self._report(self._told(Concern.TITLES))
        self._report(untitled_besides(self._loaded()))

    def test_its_samples_are_measured(self) -> None:
        """Sample tables are read, their units are listed, and every indicator has a value somewhere."""
        self._report(self._told(Concern.SAMPLES))
        loaded = self._loaded()
        self._report(unmeasured(loaded.packs, loaded.samples, self.unmeasured))

    def test_its_cases_hold(self) -> None:
        """Every scheme has a case, and the engine gives what the cases state."""
        self._report(self._told(Concern.CASES))
        self._loaded()

    def test_its_playbook_is_for_its_indicators(self) -> None:
        """Advice has a code of its own, and is for an indicator that there is."""
        self._report(self._told(Concern.PLAYBOOK))
        self._loaded()

    def test_same_input_gives_same_output(self) -> None:
        """Scored again, in another order and units apart, every figure is the same."""
        self._check_schemes(unsteady)

    def test_any_measures_are_scored(self) -> None:
        """On measurements of all sorts, likely or not, nothing raises and nothing warns."""
        self._check_schemes(unscored)

    def test_its_python_rubrics_are_sound(self) -> None:
        """Arrays and exact fractions agree, and the pack's own samples have rates."""
        self._report(self._told(Concern.RUBRICS))
        self._report(unsound(self._loaded()))

    def test_its_generators_keep_their_promise(self) -> None:
        """The same request gives the same rows, as many as asked for, all valid under their own table."""
        self._report(unkept(self._loaded()))

    def test_every_node_and_rule_is_explained(self) -> None:
        """Each has a sentence in zh and one in en."""
        self._check_schemes(unexplained)

    def test_released_versions_are_unchanged(self) -> None:
        """No version in `released.yaml` has other content now."""
        self._report(changed(self._loaded()))

    def _subject(self) -> Subject:
        return load(self.pack)

    def _told(self, about: Concern) -> list[Problem]:
        """What checking and loading say that is of one concern."""
        return [problem for problem in self._subject().problems if concern(problem) is about]

    def _loaded(self) -> Subject:
        """The pack; skipped where it is not loaded, which another check says."""
        if not self._subject().is_loaded:
            raise SkipTest("the pack cannot be loaded, as another check says")
        return self._subject()

    def _check_schemes(self, check: _SchemeCheck) -> None:
        loaded = self._loaded()
        self._report(problem for scheme in loaded.schemes for problem in check(scheme, loaded.packs.rubrics))

    def _report(self, problems: Iterable[Problem]) -> None:
        """Fail with all problems, one a line."""
        __tracebackhide__ = True
        if found := [problem.text(self.locale) for problem in problems]:
            raise AssertionError("\n".join(found))
