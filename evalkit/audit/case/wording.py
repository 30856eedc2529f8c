"""Words in running text that the model of the case does not bear out: counts and superlatives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.sentence import count
from evalkit.language.numbers import LANGUAGES, spell
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity

# Only where the text speaks of all of them: "de dertien instrumenten", "all 13 instruments".
_ALL = (
    r"\b(?P<which>de|alle|onze|the|all|dit rapport (?:behandelt|bespreekt|beoordeelt))"
    r"\s+(?P<n>[\w-]+)\s+"
)
# What follows picks some of them out, "de twee instrumenten van SZW", unless it names the report.
_SOME = re.compile(
    r"\s+(?!(?:in|van|uit|of)\s+(?:dit|deze|het|de|this|the)\s+(?:rapport|evaluatie|beleidsmix|mix"
    r"|report|evaluation|policy mix)\b)"
    r"(?:die|dat|met|van|uit|in|bij|voor|door|zonder|onder|waar\w*|that|which|with|without|of|from|"
    r"in|for|by|under|where)\b",
    re.IGNORECASE,
)
# Words that speak of values; "de meeste scholen" and "at least" rank nothing.
_SIZE = r"(?=\s+(?:aantal|aandeel|waarde|bedrag|number|share|value|amount)\b)"
_HIGHEST = rf"hoogste?|hoogtepunt|piek|(?:grootste|largest){_SIZE}|highest"
_LOWEST = rf"laagste?|dieptepunt|(?:kleinste|smallest){_SIZE}|lowest"
_SUPERLATIVE = re.compile(rf"\b(?:(?P<high>{_HIGHEST})|(?P<low>{_LOWEST}))\b", re.IGNORECASE)
# The rank is denied, is one among others, holds up to some moment, or is one of places or groups.
_OTHERWISE = re.compile(
    r"\b(?:niet|geen|nooit|bijna|not|never|nearly|almost|op (?:een|één|twee) na|(?:een|één) van de|"
    r"one of|tweede|derde|second|third|tot|toe|sinds|since|until|later|eerder|earlier|voordat|"
    r"before|bij|onder|among|"
    r"(?:in|voor|for|of|van) (?:de|het|the)(?! (?:hele |gehele |whole )?(?:periode|"
    r"reeks|jaren|period|series|years)))\b|;",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d{2}(?![\d-])")
_SERIES = re.compile(
    r"\{\{\s*indicators\.(?P<name>\w+)\.per_year\[(?P<year>\d{4})\]\s*(?:\|[^}]*)?\}\}"
)
_PART = re.compile(r"\bvan\s+(?:de|alle)\b|\bof\s+(?:the|all)\b", re.IGNORECASE)


def counts(subject: Subject) -> Iterator[AuditFinding]:
    """Find counts in running text that differ from what the case holds."""
    things = _things(subject.case)
    known = "|".join(re.escape(word) for word in things)
    pattern = re.compile(rf"{_ALL}(?P<thing>{known})\b", re.IGNORECASE)
    for passage in subject.prose:
        for found in pattern.finditer(passage.text):
            written, counted = _number(found["n"]), things[found["thing"].lower()]
            if written is None or not counted or _SOME.match(passage.text, found.end()):
                continue
            # After "de" a much smaller number takes up some that were named just before.
            few = found["which"].casefold() in ("de", "the") and written * 2 <= counted
            if written != counted and not few:
                slots = {
                    "written": found["n"],
                    "things": found["thing"],
                    "counted": count(counted),
                }
                yield finding("count", (passage.where,), slots, (passage.text,))


def _things(case: Case) -> dict[str, int]:
    """How many there are of what a report counts, by the word for it."""
    numbers = {
        ("instrumenten", "instruments"): len(case.instruments),
        ("aanbevelingen", "recommendations"): len(case.recommendations),
    }
    return {word: number for words, number in numbers.items() for word in words}


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    for number in range(2, 100):
        if word.casefold() in {spell(number, lang).casefold() for lang in LANGUAGES}:
            return number
    return None


def superlatives(subject: Subject) -> Iterator[AuditFinding]:
    """Find "the highest" beside a year whose value is not the highest, or not alone so."""
    indicators = {key.replace("-", "_"): node for key, node in subject.case.indicators.items()}
    for passage in subject.prose:
        word, series = _SUPERLATIVE.search(passage.text), list(_SERIES.finditer(passage.text))
        if word is None or len(series) != 1 or _PART.search(passage.text[: word.end()]):
            continue  # with two values in a sentence it is not certain which one is meant
        around = _SERIES.sub("", passage.text)
        others = {year for year in _YEAR.findall(around) if year != series[0]["year"]}
        if others or _OTHERWISE.search(around):
            continue  # nor over which years, places or groups it ranks
        node, year = indicators.get(series[0]["name"]), int(series[0]["year"])
        if node is None or year not in node.per_year:
            continue
        rivals, rule = _rivals(node, year, high=bool(word["high"]))
        if rivals:
            slots = {
                "word": word[0],
                "year": str(year),
                "what": node.text,
                "others": ", ".join(map(str, rivals)),
            }
            yield finding(rule, (passage.where,), slots, (passage.text,))


def _rivals(node: ChainNode, year: int, *, high: bool) -> tuple[list[int], str]:
    """Other years with the same value, or with one beyond it."""
    own = node.per_year[year]
    known = {at: _size(quantity) for at, quantity in node.per_year.items() if _exact(quantity)}
    if not _exact(own) or len(known) < 3:
        return [], ""
    sign = 1 if high else -1
    beyond = [at for at, value in known.items() if sign * (value - known[year]) > 0]
    if beyond:
        extreme = max(known, key=lambda at: sign * known[at])
        return [extreme], "wrong-superlative"
    return [at for at, value in known.items() if at != year and value == known[year]], (
        "tied-superlative"
    )


def _exact(quantity: Quantity) -> bool:
    return quantity.amount is not None and quantity.upto is None


def _size(quantity: Quantity) -> float:
    return float(quantity.amount or 0)
