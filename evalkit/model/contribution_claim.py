"""Claims: what an instrument is said to have brought about, and the tests of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from evalkit.language.suggest import did_you_mean
from evalkit.model.braces import unfilled
from evalkit.model.chain import Link
from evalkit.model.contribution_likelihood import Likelihood
from evalkit.model.contribution_tests import EvidenceTest
from evalkit.model.instrument import Instrument
from evalkit.model.record import Flaw, Id, Record, Text


class Claim(Record):
    """Something that should be true if the instrument contributed.

    Attributes
    ----------
    text
        The claim, as a clause that can be true or not: ``de subsidie leidt tot
        meer scholing``.
    link
        The link of the chain that it is about, as it stands in the instrument: ``budget ->
        projecten``. Without it the claim is about the instrument as a whole.
    prior
        How likely it was thought before the evidence, ``0,5`` or ``0,3–0,5``; 0,5 when left out.
    tests
        What should be seen when it is true, by id.
    """

    text: Text
    link: Text | None = None
    prior: Likelihood | None = None
    tests: dict[Id, EvidenceTest] = {}

    def flaws(self) -> Iterable[Flaw]:
        """Find evidence that would count twice, packages half priced, and an idle prior."""
        yield from unfilled(self, "text")
        yield from self._counted_twice()
        yield from self._half_priced()
        if self.prior is not None and not any(
            test.if_true or test.if_false for test in self.tests.values()
        ):
            what = "a prior has nothing to work on: no test of this claim has probabilities"
            yield Flaw(("prior",), what, "leave it out, or give `if_true` and `if_false`")

    def _counted_twice(self) -> Iterator[Flaw]:
        seen: dict[str, tuple[str, EvidenceTest]] = {}
        for key, test in self.tests.items():
            for at, name in enumerate(test.evidence):
                first, other = seen.setdefault(name, (key, test))
                if first != key and (test.package is None or test.package != other.package):
                    what = f"'{name}' stands behind test '{first}' of this claim already"
                    hint = "give both tests the same `package`, so that they count once"
                    yield Flaw(("tests", key, "evidence", at), what, hint)

    def _half_priced(self) -> Iterator[Flaw]:
        first: dict[str, tuple[str, bool]] = {}
        for key, test in self.tests.items():
            if test.package is None or test.result not in ("found", "absent"):
                continue
            other, priced = first.setdefault(test.package, (key, test.priced))
            if priced != test.priced:
                what = f"the package '{test.package}' has tests with and without probabilities"
                hint = f"give them to '{other}' and '{key}' both, or to neither"
                yield Flaw(("tests", key, "package"), what, hint)

    def reference_flaws(self, instrument: Instrument, evidence: Collection[str]) -> Iterator[Flaw]:
        """Find a link and evidence that the instrument does not have."""
        if self.link is not None and link_named(self.link, instrument) is None:
            what = f"no link '{self.link}' in this instrument"
            yield Flaw(("link",), what, did_you_mean(self.link, instrument.links), self.link)
        for key, test in self.tests.items():
            for at, name in enumerate(test.evidence):
                if name not in evidence:
                    what = f"no evidence '{name}' in this instrument"
                    hint = did_you_mean(name, evidence)
                    yield Flaw(("tests", key, "evidence", at), what, hint, name)


def link_named(text: str, instrument: Instrument) -> tuple[str, Link] | None:
    """Find a link by what a writer calls it: ``a -> c`` is part of ``a, b -> c``.

    Examples
    --------
    >>> bon = Instrument.model_validate({
    ...     "name": "Bon", "type": "subsidie", "period": "2021",
    ...     "input": {"geld": {"text": "Geld"}}, "output": {"bonnen": {"text": "Bonnen"}},
    ...     "links": {"geld -> bonnen": {"because": "geld betaalt bonnen"}},
    ... })
    >>> link_named("geld->bonnen", bon)[0]
    'geld -> bonnen'
    """
    wanted = ends(text)
    for key, link in instrument.links.items():
        starts, targets = ends(key)
        if all(wanted) and set(wanted[0]) <= set(starts) and set(wanted[1]) <= set(targets):
            return key, link
    return None


def ends(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the two ends of a link: ``a, b -> c`` runs from a and b to c."""
    left, _, right = key.partition("->")
    starts, targets = (
        tuple(part.strip() for part in side.split(",") if part.strip()) for side in (left, right)
    )
    return starts, targets
