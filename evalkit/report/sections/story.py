"""A contribution story in the evaluator's own words, around what evalkit writes."""

from __future__ import annotations

import re
from html import escape

from evalkit.judgement.contribution.story import ContributionStory
from evalkit.model.contribution import VALUE
from evalkit.model.stage import Stage
from evalkit.report.edition import Edition
from evalkit.report.text.prose import Prose

FILE = "contribution.yaml"
_OF = f"{FILE}, story of "  # of a case that was not read from files, so that no line is known
_STAGES = frozenset(stage.value for stage in Stage)
_OPEN, _CLOSE = "\ue005", "\ue006"  # private use characters: they survive Markdown unread
_ALONE = re.compile(rf"<p>{_OPEN}(\d+){_CLOSE}</p>")
_WITHIN = re.compile(rf"{_OPEN}(\d+){_CLOSE}")


def instrument_of_story(file: str, line: int, edition: Edition) -> str | None:
    """Tell to which instrument a story belongs that a value was printed in."""
    if file.startswith(_OF):
        return file.removeprefix(_OF)
    begins = {
        key: place(story)[1]
        for key, story in edition.evaluation.contributions.items()
        if story.recorded
    }
    above = [key for key in begins if begins[key] <= line]
    return max(above, key=begins.__getitem__) if file == FILE and above else None


def place(story: ContributionStory, *, manual: bool = False) -> tuple[str, int]:
    """Tell file and line of a contribution analysis, or of the evaluator's text in it."""
    file, _, line = (story.manual_place if manual else story.place).rpartition(":")
    return (file, int(line)) if line.isdigit() else (f"{_OF}{story.id}", 1)


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
    file, line = place(story, manual=True)
    # Text of several lines begins below its key; lines above it make those of messages come out.
    above = line if "\n" in story.manual and file == FILE else line - 1
    text = "\n" * above + VALUE.sub(placed, story.manual)
    html = Prose(edition, file, names).html(text)
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
