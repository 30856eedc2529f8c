"""Process-tracing tests: what a piece of evidence would say of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Literal

from evalkit.model.braces import unfilled
from evalkit.model.chain import Ids
from evalkit.model.contribution_likelihood import Likelihood
from evalkit.model.record import Flaw, Id, Record, Text

Kind = Literal["straw in the wind", "hoop", "smoking gun", "doubly decisive"]
Result = Literal["found", "absent", "not looked for", "cannot be told"]
_HALF = Decimal("0.5")


class EvidenceTest(Record):
    """What should be seen when a claim is true, and whether it was.

    Attributes
    ----------
    expect
        What one expects to see when the claim is true, as a clause.
    test
        What it would say: ``straw in the wind`` (a hint), ``hoop`` (the claim cannot do without
        it), ``smoking gun`` (hardly explained otherwise) or ``doubly decisive`` (both).
    result
        Whether it was found, was looked for and absent, was not looked for, or cannot be told
        with what there is: then nobody is sent to look for it first.
    evidence
        Ids of the evidence of the instrument that show so.
    because
        Why it is a test of this kind.
    if_true
        How likely it is to be seen when the claim is true: ``0,85`` or ``0,6–0,8``.
    if_false
        How likely it is to be seen when the claim is not true.
    package
        A name that pieces share which depend on each other; together they count once.
    """

    expect: Text
    test: Kind | None = None
    result: Result = "not looked for"
    evidence: Ids = ()
    because: str = ""
    if_true: Likelihood | None = None
    if_false: Likelihood | None = None
    package: Id | None = None

    @property
    def priced(self) -> bool:
        """Whether it has both probabilities."""
        return self.if_true is not None and self.if_false is not None

    def flaws(self) -> Iterable[Flaw]:
        """Find a test that says nothing, and probabilities that deny its name."""
        if (self.if_true is None) != (self.if_false is None):
            given, lacks = ("if_true", "if_false") if self.if_true else ("if_false", "if_true")
            what = f"`{given}` says nothing without `{lacks}`: only the two together weigh"
            yield Flaw((given,), what, f"add `{lacks}`, or leave both out")
        elif self.test is None and not self.priced:
            what = "nothing says what it would mean to find this"
            hint = "add `test: straw in the wind`, `hoop`, `smoking gun` or `doubly decisive`"
            yield Flaw((), what, hint)
        open_still = self.result in ("not looked for", "cannot be told")
        if open_still and self.evidence:
            what = f"evidence stands here, and the result says '{self.result}'"
            yield Flaw(("evidence",), what, "write `result: found` or `result: absent`")
        elif not open_still and not self.evidence:
            what = f"'{self.result}' says so without evidence"
            yield Flaw(("result",), what, "name the evidence of the instrument that shows it")
        yield from self._denied()
        yield from unfilled(self, "expect", "because")

    def _denied(self) -> Iterator[Flaw]:
        if self.if_true is None or self.if_false is None:
            return
        if self.if_true.high < self.if_false.low:
            what = "finding this would weaken the claim: it is likelier when the claim is not true"
            hint = "turn the expectation round, or mend one of the two"
            yield Flaw(("if_true",), what, hint)
        elif self.test in ("hoop", "doubly decisive") and self.if_true.high <= _HALF:
            what = f"a '{self.test}' test is one that a true claim passes, so `if_true` is high"
            yield Flaw(("if_true",), what, "raise it above one half, or name another test")
        elif self.test in ("smoking gun", "doubly decisive") and self.if_false.low >= _HALF:
            what = f"a '{self.test}' is hardly seen when the claim is not true"
            yield Flaw(("if_false",), what, "lower it below one half, or name another test")
