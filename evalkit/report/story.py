"""A contribution story in the evaluator's own words, around what evalkit writes."""

from __future__ import annotations

import re
from html import escape

from evalkit.judgement.contribution.story import ContributionStory
from evalkit.model.contribution import VALUE
from evalkit.model.stage import Stage
from evalkit.report.edition import Edition
from evalkit.report.prose import Prose

_FILE = "contribution.yaml, story of "
_STAGES = frozenset(stage.value for stage in Stage)
_OPEN, _CLOSE = "\ue005", "\ue006"  # private use characters: they survive Markdown unread
_ALONE = re.compile(rf"<p>{_OPEN}(\d+){_CLOSE}</p>")
_WITHIN = re.compile(rf"{_OPEN}(\d+){_CLOSE}")


def instrument_of_story(file: str) -> str | None:
    """Tell to which instrument a story belongs that a value was printed in."""
    return file.removeprefix(_FILE) if file.startswith(_FILE) else None


def written_around(story: ContributionStory, edition: Edition) -> str:
    """Render the evaluator's text as Markdown, with what evalkit writes as it stands.

    Sentences that follow from the record are no Markdown: a star or an @ in a claim is a sign.
    Numbers of the chain are values like those in a chapter, so that the audit trail has them.
    """
    lang = edition.lang
    told: list[str] = []

    def placed(found: re.Match[str]) -> str:
        name = found[1]
        if name.partition(".")[0] in _STAGES:
            return f"{{{{ {name.replace('-', '_')} }}}}"
        told.append(story.values[name.replace("_", "-")][lang])
        return f"{_OPEN}{len(told) - 1}{_CLOSE}"

    instrument = edition.case.instruments[story.id]
    names = {stage.value: instrument.at(stage) for stage in Stage}
    html = Prose(edition, f"{_FILE}{story.id}", names).html(VALUE.sub(placed, story.manual))
    html = _ALONE.sub(lambda found: paragraphs(told[int(found[1])]), html)
    html = _WITHIN.sub(lambda found: " ".join(map(escape, told[int(found[1])].split())), html)
    for part in story.uncalled:
        head = f"<strong>{escape(part.title[lang])}.</strong> "
        html += paragraphs(part.text[lang], head)
    return html


def paragraphs(text: str, head: str = "") -> str:
    """Set sentences of the record as paragraphs, where a blank line parts them."""
    first, *rest = text.split("\n\n")
    return "".join([f"<p>{head}{escape(first)}</p>", *(f"<p>{escape(one)}</p>" for one in rest)])
