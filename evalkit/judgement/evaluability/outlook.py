"""What an evaluation of one instrument could show, and what it still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Literal

from evalkit.judgement.evaluability.detectable import Detectable
from evalkit.judgement.evaluability.words import phrase, say, words
from evalkit.judgement.markup import bullets, folded, table, told
from evalkit.judgement.sentence import listing, same
from evalkit.language.numbers import Language
from evalkit.model.evidence import Threat
from evalkit.model.record import Record

PartName = Literal[
    "indicator", "design", "baseline", "comparison", "data", "collection", "evaluator"
]
State = Literal["there", "partly", "lacking", "not needed"]


class Part(Record):
    """One part of a plan: whether it is there, and from which rung on it is needed.

    Attributes
    ----------
    state
        Whether it is recorded.
    told
        What is there, or lacks.
    rung
        The lowest rung that asks for it; None when none does.
    """

    name: PartName
    state: State
    told: dict[Language, str]
    rung: int | None = None

    def label(self, lang: Language = "nl") -> str:
        """Print its name."""
        return words("part", self.name)[lang]

    def state_label(self, lang: Language = "nl") -> str:
        """Print whether it is there."""
        return words("state", self.state.replace(" ", "-"))[lang]

    def rung_label(self, lang: Language = "nl") -> str:
        """Print from which rung on it is needed; a dash when no rung asks for it."""
        if self.rung is None:
            return "\N{EN DASH}"
        return phrase("table", "from_rung", level=str(self.rung))[lang]


class Need(Record):
    """What a plan lacks for a rung.

    Attributes
    ----------
    level
        The rung.
    must
        What it asks, in the words of the ladder.
    lacks
        The parts that are missing, by name.
    text
        What to arrange, a sentence for each part; or that nothing is lacking.
    alone
        Whether another design is needed since this one compares with nobody.
    """

    level: int
    must: dict[Language, str]
    lacks: tuple[str, ...] = ()
    text: tuple[dict[Language, str], ...] = ()
    alone: bool = False


def pending(needs: Sequence[Need], level: int) -> tuple[str, ...]:
    """Name what a plan still lacks for a rung that is granted to it: data, or their moments."""
    return next((need.lacks for need in needs if need.level == level), ())


class Doubt(Record):
    """A threat to what the study would conclude.

    Attributes
    ----------
    kind
        ``settle`` when it must be tested in any case, ``watch`` when it holds the evidence lower
        only where it occurs.
    checks
        The diagnostics of evalkit that settle it.
    rule
        The rule of the ladder that holds the evidence lower.
    """

    threat: Threat
    kind: Literal["settle", "watch"]
    rule: str
    text: dict[Language, str]
    checks: tuple[str, ...] = ()


class Remark(Record):
    """A moment that does not fit."""

    id: str
    text: dict[Language, str]


class Outlook(Record):
    """What an evaluation of one instrument could show, and what it still lacks.

    Attributes
    ----------
    id, name
        The instrument.
    planned
        Whether there is a plan for its evaluation.
    now
        Its rung at present.
    carries
        The highest rung that the evidence could carry after the study, apart from what must be
        described and underpinned first.
    reach
        The highest rung that the instrument itself could get to with that.
    untested
        What the evidence would carry when nothing of the threats were tested.
    top
        The highest rung of the ladder.
    ladder, title, edition
        The ladder.
    reasons
        Why no higher, in sentences.
    parts
        What is there and what lacks.
    needs
        What lacks for each rung that a study can bring.
    doubts
        Threats that have to be settled or guarded against.
    remarks
        Moments that do not fit.
    detectable
        The least effect that could be found with the units at hand; None when they are not given.
    paragraph
        A draft of the evaluation paragraph of a proposal.
    language
        The language of the case, in which a notebook shows it.
    """

    id: str
    name: str
    planned: bool
    now: int
    carries: int
    reach: int
    untested: int
    top: int
    ladder: str
    title: dict[Language, str]
    edition: dict[Language, str]
    reasons: tuple[dict[Language, str], ...] = ()
    parts: tuple[Part, ...] = ()
    needs: tuple[Need, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    remarks: tuple[Remark, ...] = ()
    detectable: Detectable | None = None
    paragraph: dict[Language, str]
    language: Language = "nl"

    @property
    def pending(self) -> tuple[str, ...]:
        """The parts that the plan must still be given for the rung that it carries at most."""
        return pending(self.needs, self.carries) if self.planned else ()

    def __getitem__(self, name: str) -> Part:
        """Find a part of the plan by its name."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    def need(self, level: int) -> Need:
        """Find what lacks for a rung."""
        for need in self.needs:
            if need.level == level:
                return need
        raise KeyError(level)

    def lacking(self, lang: Language = "nl") -> list[tuple[str, list[str]]]:
        """Print what lacks by rung, each sentence once.

        Rungs that ask for the same stand together; of a rung that asks for more than the one
        below it, only what it asks besides.
        """
        found: list[tuple[str, list[int], list[str]]] = []
        seen: list[str] = []
        for need in self.needs:
            texts = [one[lang] for one in need.text]
            more = [text for text in texts if text not in seen]
            if found and not more and len(texts) == len(seen):
                found[-1][1].append(need.level)
            elif found and more and set(seen) <= set(texts):
                found.append(("needs_more", [need.level], more))
            else:
                found.append(("needs", [need.level], texts))
            seen = texts
        return [(_rungs(name, levels, lang), texts) for name, levels, texts in found]

    def summary(self, lang: Language = "nl") -> str:
        """Print what could be shown and what lacks, for the eye."""
        lines = [self._head(lang), *(f"- {reason[lang]}" for reason in self.reasons)]
        lines += [
            f"  {part.label(lang)} ({part.state_label(lang)}): {part.told[lang]}"
            for part in self.parts
        ]
        lines += [f"{head}: {' '.join(texts)}" for head, texts in self.lacking(lang)]
        lines += [doubt.text[lang] for doubt in self.doubts]
        lines += [remark.text[lang] for remark in self.remarks]
        return "\n".join(
            lines if self.detectable is None else [*lines, self.detectable.prose(lang)]
        )

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it for machines, its sentences in one language."""
        record = self.model_dump(mode="json", exclude={"language"})
        found: dict[str, Any] = _in_one(record, lang)
        return found

    def __repr__(self) -> str:
        """Name it in a line; :meth:`summary` prints it."""
        return f"Outlook({self.id!r}, rung {self.now} now, evidence at most rung {self.carries})"

    def _repr_html_(self) -> str:
        lang = self.language
        head = [words("table", name)[lang] for name in ("part", "state", "told", "rung")]
        rows = (
            (one.label(lang), one.state_label(lang), one.told[lang], one.rung_label(lang))
            for one in self.parts
        )
        found = "" if self.detectable is None else self.detectable.prose(lang)
        parts = [
            f"<p><b>{escape(self._head(lang))}</b></p>",
            bullets(words("head", "reach")[lang], (one[lang] for one in self.reasons)),
            table(head, rows),
            *(bullets(title, texts) for title, texts in self.lacking(lang)),
            told(words("head", "detectable")[lang], found),
            bullets(words("head", "remarks")[lang], (one.text[lang] for one in self.remarks)),
            folded(words("table", "paragraph")[lang], f"<p>{escape(self.paragraph[lang])}</p>"),
            folded(
                words("head", "doubts")[lang],
                "".join(f"<p>{escape(one.text[lang])}</p>" for one in self.doubts),
            ),
        ]
        return f"<div>{''.join(parts)}</div>"

    def _head(self, lang: Language) -> str:
        name = "pending" if self.pending else "line" if self.planned else "no_plan"
        return say(
            "summary", name,
            name=same(self.name), now=str(self.now), carries=str(self.carries),
        )[lang]  # fmt: skip


def _rungs(name: str, levels: list[int], lang: Language) -> str:
    name = "needs_several" if len(levels) > 1 else name
    return say("head", name, level=listing([same(str(level)) for level in levels]))[lang]


def _in_one(value: Any, lang: Language) -> Any:
    """Take one language of every sentence."""
    if isinstance(value, dict):
        if value.keys() == {"nl", "en"}:
            return value[lang]
        return {key: _in_one(part, lang) for key, part in value.items()}
    return [_in_one(part, lang) for part in value] if isinstance(value, list) else value
