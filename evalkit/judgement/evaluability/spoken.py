"""What a plan says in words: that its evaluator is independent, that its data go back."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = r"\b(?:onafhankelijk(?!heid)|independent)\w*"
_INDEPENDENT = re.compile(_WORD, re.IGNORECASE)
# Says nothing of the evaluator: who is still to be chosen, or who it is not.
_BESIDE = re.compile(
    r"\b(?:nog niet|not yet) (?:aangewezen|gekozen|geselecteerde?|bekende?|appointed|chosen|known"
    r"|named|selected)\b"
    rf"|\b(?:niet|not)\b(?:(?!{_WORD}).)*?\b(?:maar|but)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:niet|geen|nooit|evenmin|noch|zonder|onvoldoende|nauwelijks|amper|minder"
    r"|non|no|not|never|nor|neither|without|whether|hardly|insufficiently|less)\b"
    rf".*{_WORD}|n['’]t\b.*{_WORD}"  # before it
    rf"|{_WORD}[^,]{{0,80}}?\b(?:is|zijn|was|are|were)\b[^,]{{0,80}}?\b(?:niet|geen|noch|not|no)\b"
    rf"|{_WORD}[ ,]*(?:niet|noch|not|nor|maar|but|although|though|al)\b.{{0,80}}?"
    r"(?:\b(?:niet|geen|noch|not|no|nor)\b|n['’]t\b)"
    rf"|{_WORD},? (?:niet|noch|not|nor)\b"
    rf"|\bof\b[^,]{{0,80}}?{_WORD} (?:is|zijn|was)\b"
    r"|\bde vraag (?:is|blijft)|\b(?:is|blijft) (?:nog )?de vraag"
    r"|\b(?:onduidelijk|onzeker|twijfel\w*|unclear|uncertain|doubt\w*)\b",
    re.IGNORECASE | re.DOTALL,
)
_EARLIER = (
    r"(?:\bnulmeting|\bvoordat\b|\bvóór\b|\b(?:jaar|jaren|maanden|kwartalen|genoeg) voor\b"
    r"|\bvoor en na\b|\bbaseline|\bbefore\b)"
)
_BEFORE = re.compile(_EARLIER, re.IGNORECASE)
_NUMBERS = (
    r"(?:nulmeting|baseline|gegevens|cijfers|data|meting|waarneming|informatie|registratie"
    r"|figures|measurement|observation|information|record)"
)
_DONE = (
    r"(?:gemeten|bekend|vastgelegd|bijgehouden|verzameld|beschikbaar|measured|known|recorded|kept"
    r"|collected|available)"
)
_MISSING = re.compile(
    rf"\b(?:geen|zonder|no|without)\b(?: [\w-]+){{0,2}}? {_NUMBERS}"
    rf"|\b(?:niet|nooit|not|never)\b (?!alleen|slechts|only|just)"
    rf"(?:(?:\w+ ){{0,2}}?{_DONE}\b.{{0,80}}?"
    rf"|(?:van |uit |from )?){_EARLIER}"
    rf"|{_EARLIER}.{{0,80}}?\b(?:ontbre\w+|missing|lacking|absent|onbekend|unknown)\b"
    rf"|{_EARLIER}.{{0,80}}?"
    r"\b(?:is|zijn|was|waren|wordt|werd|worden|werden|kan|kon|are|were|has|have|can)\b"
    r".{0,80}?\b(?:niet|nooit|geen|not|never|no)\b(?! (?:alleen|slechts|only|just)\b)"
    rf"|{_EARLIER}\w*: (?:nog )?(?:niet|geen|nee|no|none|not)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_called_independent(by: str) -> bool:
    """Whether words on an evaluator call it independent, clause by clause.

    Examples
    --------
    >>> is_called_independent("een nog aan te wijzen onafhankelijk bureau")
    True
    >>> is_called_independent("geen onafhankelijk bureau maar het ministerie zelf")
    False
    """
    clauses = (_BESIDE.sub("", one) for one in re.split("[;:.]", by))
    return any(_INDEPENDENT.search(one) and not _DENIED.search(one) for one in clauses)


def go_back(data: str) -> bool:
    """Whether words on data say that those are of before the start as well.

    Examples
    --------
    >>> go_back("omzet per bedrijf, enkele jaren voor de wet en daarna")
    True
    >>> go_back("omzet per bedrijf; er is geen nulmeting")
    False
    """
    return any(_BEFORE.search(one) and not _MISSING.search(one) for one in _clauses(data))


def _clauses(data: str) -> Iterator[str]:
    """Split at commas too: "loon voor en na, ook van wie niet meedeed" denies nothing."""
    yield from re.split("[;.,]", data)
