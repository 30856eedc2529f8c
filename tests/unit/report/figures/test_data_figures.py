"""Figures from data: nothing overlaps, nothing leaves the frame, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from evalkit.io.tables import read_rows
from evalkit.model import Case
from evalkit.report.data_exhibits import MODEL_FIGURES, TABLE_FIGURES
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.bars import MOST_BARS
from evalkit.report.figures.fill import FILLS
from evalkit.report.figures.given import Given
from evalkit.report.figures.palette import PETROL_700
from evalkit.report.figures.pen import FAINT, PENS
from evalkit.report.figures.svg import POINT
from evalkit.report.figures.text import SANS, SANS_BOLD, SANS_SEMIBOLD, Face, width
from evalkit.report.figures.words import apart

LONG = (
    "Gediplomeerden in bètatechnische opleidingen per duizend inwoners van twintig tot en met "
    "negenentwintig jaar"
)
WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappijenconglomeraat"
CODE = "X" * 90
_FACES = {"400": SANS, "600": SANS_SEMIBOLD, "700": SANS_BOLD}

YEARS = "\n".join(f"{1990 + at};{100 + at};{at - 15};{at * at}" for at in range(30))
LINES = {
    "several": "jaar;Nederland;België;Ierland\n2013;1,9;2,3;3\n2014;–;2,4;\n2015;2,1;2,5;2,9",
    "one point": "jaar;a\n2020;5",
    "two points, long names": f"jaar;{LONG};{WORD};{CODE}\n2020;-5;3;1\n2021;4;-8;1",
    "thirty points": f"jaar;a;b;c\n{YEARS}",
    "noughts": "kwartaal;a;b\n2024Q1;0;0\n2024Q2;0;0\n2024Q3;0;0",
    "long times": f"moment;a\n{LONG};1\n{WORD};2\n{CODE};3",
    "PM": "jaar;a;b\n2020;PM;1\n2021;3;PM",
    "eight": "jaar;a;b;c;d;e;f;g;h\n2020;1;1;1;1;1;1;1;1\n2021;1;1;1;1;1;1;1;1",
    "large and small": "jaar;a\n2020;1.000.000.000\n2021;0,001",
}
BARS = {
    "one": "beroep;2018\nICT;7,4",
    "missing, PM, below nought": "beroep;2018;2021;2024\nICT;7;-1;PM\nZorg;–;0;~2\nBouw;1;>3;5",
    "long names": f"beroep;a;b\n{LONG};7,4;-10,68\n{WORD};2;3\n{CODE};1.337;PM",
    "thirty years": "jaar;a\n" + "\n".join(f"{1990 + at};{at * at - 200}" for at in range(30)),
    "thirty names": "plaats;a\n" + "\n".join(f"Gemeente {at};{at * 37 % 101}" for at in range(30)),
    "eight parts": "jaar;" + ";".join("abcdefgh") + "\n2020;" + ";".join("12345678"),
    "nothing but noughts": "jaar;a;b\n2020;0;0\n2021;0;0",
    "nothing known": "jaar;a\n2020;PM\n2021;–",
}
BUBBLES = {
    "several": "sector;groei;hoogte;banen\n" + "\n".join(
        f"Sector {at};{at % 7},{at};{at * 13 % 50};{at * 29 % 97}" for at in range(20)
    ),
    "all in one place": "s;x;y;z\n" + "\n".join(f"Sector nummer {at};1;1;5" for at in range(12)),
    "one, long": f"s;{LONG};{WORD} {LONG};z\n{LONG};0;0;0",
    "below nought": "s;x;y;z\na;-5;-3;2\nb;5;3;1",
}  # fmt: skip
STEPS = {
    "parts and packages": "Stap;Wat;WP1;WP2\n1;Een;x;\n1a;Deel;;deels\n2;Twee;x;x",
    "alone": f"Stap;Wat\n1;Een\n2;{LONG} {LONG} {CODE}",
    "chapters": "Stap;Wat;1 Inleiding;2 Arbeidsmarkt;3 Mix;4 Andere landen;5 Slot;6 Af\n1;A;x;;;;;",
    "long names": f"Stap;Wat;{WORD};{LONG}\n1;{LONG};{LONG};x\n2;{WORD};x;{WORD}",
}
EVERY = [
    *(("lines", name, text) for name, text in LINES.items()),
    *((kind, name, text) for kind in ("bars", "stacked", "index") for name, text in BARS.items()),
    *(("budget", name, text) for name, text in BARS.items()),
    *(("bubbles", name, text) for name, text in BUBBLES.items()),
    *(("process", name, text) for name, text in STEPS.items()),
]  # fmt: skip

Draw = Callable[..., Drawing]


@pytest.fixture
def given_of(edition_of: Callable[..., Edition]) -> Callable[..., Given]:
    def make(text: str = "a;b\nc;1", lang: str = "nl", case: Any = None, **keys: Any) -> Given:
        options = keys.pop("options", {})
        key = keys.pop("key", "x")
        table = {"file": "tables/x.csv", "rows": read_rows(text), **keys}
        fields = {"slug": "p", "title": "P", "period": "2020", "tables": {"x": table}}
        whole = Case.model_validate({**fields, **(case or {})})
        return Given(edition_of(whole, lang), key, options, "chapters/01.md", 3)

    return make


@pytest.fixture
def draw(given_of: Callable[..., Given]) -> Draw:
    def make(kind: str, text: str, **keys: Any) -> Drawing:
        given = given_of(text, **keys)
        made = TABLE_FIGURES[kind].maker(given)
        assert made is not None, given.edition.problems
        return made

    return make


def words_of(svg: str) -> list[tuple[str, float, float, float, float]]:
    """Every text with the box that it takes: left, top, right, bottom."""
    found = []
    for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):  # noqa: S314
        size = float(text.get("font-size", 0)) / POINT
        face: Face = _FACES[text.get("font-weight", "400")]
        wide = width(text.text or "", face, size)
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        left = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0)
        tall = size * POINT
        found.append((text.text or "", left, y - 0.68 * tall, left + wide, y + 0.12 * tall))
    return found


@pytest.mark.parametrize(("kind", "name", "text"), EVERY)
def test_words_stay_apart_and_in_the_frame(kind: str, name: str, text: str, draw: Draw) -> None:
    svg = draw(kind, text).markup
    tall = float(re.search(r'viewBox="0 0 168 ([\d.]+)"', svg)[1])  # type: ignore[index]
    words = words_of(svg)
    assert words
    assert tall <= 235, "no page has room for it"
    for shown, left, top, right, bottom in words:
        assert left >= -0.15, shown
        assert right <= 168.15, shown
        assert top >= -0.3, shown
        assert bottom <= tall + 0.15, shown
    if name == "all in one place":
        return  # twelve bubbles on one spot cannot keep their numbers apart
    for one, other in combinations(words, 2):
        meet = one[1] < other[3] - 0.1 and other[1] < one[3] - 0.1
        meet = meet and one[2] < other[4] - 0.1 and other[2] < one[4] - 0.1
        assert not meet, (one[0], other[0])


@pytest.mark.parametrize(("kind", "name", "text"), EVERY)
def test_a_figure_has_words_for_those_who_cannot_see_it(
    kind: str, name: str, text: str, draw: Draw
) -> None:
    made = draw(kind, text)
    assert made.alt
    head, *rows = read_rows(text)
    told = {cell for row in made.data for cell in row}
    assert {row[0] for row in rows} <= told, name
    assert len(made.data) > len(rows)
    assert set(head[1:]) <= told or kind == "budget"


def test_nothing_is_drawn_for_what_is_missing(draw: Draw) -> None:
    svg = draw("lines", "jaar;a\n2018;1\n2019;2\n2020;–\n2021;3\n2022;4").markup
    runs = re.findall(r'<path d="(M[^"]+)" fill="none" stroke="#0B2E3D" stroke-width="0.7"', svg)
    assert [run.count("L") for run in runs[:2]] == [1, 1]


def test_a_break_parts_the_line_and_is_named(draw: Draw) -> None:
    text = "jaar;a\n2018;1\n2019;2\n2020;3\n2021;4"
    whole = draw("lines", text).markup
    parted = draw("lines", text, breaks={"2020": "nieuwe telwijze"}).markup
    assert parted.count("<path") == whole.count("<path") + 1
    assert ">nieuwe telwijze<" in parted


def test_breaks_without_room_get_letters_and_keep_their_words(draw: Draw) -> None:
    rows = "\n".join(f"{2000 + at};{at}" for at in range(20))
    made = draw("lines", f"jaar;a\n{rows}", breaks={"2003": LONG, "2004": "kort"})
    assert LONG in made.legend
    assert {"a", "b"} <= {word for word, *_ in words_of(made.markup)}


def test_a_target_stands_in_the_figure_and_its_rows(draw: Draw) -> None:
    made = draw("lines", "jaar;a\n2020;1\n2022;2", target="3,5 in 2030")
    assert any("2030: 3,5" in word for word, *_ in words_of(made.markup))
    assert made.data[-1][:2] == ("streefwaarde 2030: 3,5", "3,5")


def test_many_lines_are_drawn_when_some_are_picked_out(draw: Draw) -> None:
    head = ";".join(f"Land {at}" for at in range(20))
    text = f"jaar;{head}\n2020;{';'.join('1' * 20)}\n2021;{';'.join('2' * 20)}"
    made = draw("lines", text, options={"highlight": "Land 3"})
    names = {word for word, *_ in words_of(made.markup)}
    assert {"Land 3", "19 andere"} <= names


def test_an_index_is_computed_and_its_numbers_are_kept(draw: Draw) -> None:
    made = draw("index", "wat;NL;EU\nleren;26,4;12\nwerk;3;4", options={"base": "EU"})
    assert made.data[:3] == (("wat", "NL"), ("leren", "220"), ("werk", "75"))
    assert ("leren", "26,4", "12") in made.data


def test_an_index_may_start_from_a_row(draw: Draw) -> None:
    made = draw("index", "jaar;NL;DK\n2010;50;80\n2020;75;100", options={"base": "2010"})
    assert made.data[1] == ("2020", "150", "125")


def test_stacked_bars_tell_their_totals_with_pm(draw: Draw) -> None:
    made = draw("stacked", "jaar;a;b;c\n2020;10;5;PM\n2021;3;-4;–")
    assert [row[-1] for row in made.data] == ["totaal", "15 + PM", "−1"]


def test_numbers_follow_the_language_of_the_report(draw: Draw) -> None:
    dutch = draw("bars", "a;b\nx;1.337,5\ny;–2")
    english = draw("bars", "a;b\nx;1.337,5\ny;–2", lang="en")
    assert (dutch.data[1][1], english.data[1][1]) == ("1.337,5", "1,337.5")
    assert "1,337.5" in english.markup


def test_a_bubble_without_a_number_is_named_and_not_drawn(draw: Draw) -> None:
    made = draw("bubbles", "s;x;y;z\na;1;2;3\nb;1;;3")
    assert made.markup.count("<circle") == 1
    assert "ontbreekt: b" in made.legend


def test_bubbles_without_room_for_a_name_are_numbered(draw: Draw) -> None:
    made = draw("bubbles", BUBBLES["all in one place"])
    drawn = {word for word, *_ in words_of(made.markup)}
    for at in range(12):
        name = f"Sector nummer {at}"
        assert name in drawn or name in made.legend, name


def test_small_lines_of_a_budget_are_joined_and_still_add_up(draw: Draw) -> None:
    rows = "\n".join(f"Regel {at};{at};1" for at in range(1, 13))
    made = draw("budget", f"regel;2026;2027\n{rows}")
    assert "5 kleinere regels samen" in made.legend
    assert made.data[-1] == ("totaal", "78", "12")
    assert len(made.data) == 14


def test_marks_have_a_contrast_of_three_to_one() -> None:
    edges = [pen.ink for pen in (*PENS, FAINT)] + [PETROL_700]
    assert all(_contrast(ink, "#FFFFFF") >= 2.99 for ink in edges)
    words = [(fill.words, "#FFFFFF" if fill.hatch is not None else fill.shade) for fill in FILLS]
    assert all(_contrast(*pair) >= 4.5 for pair in words)


def test_series_differ_without_colour() -> None:
    assert len({(pen.dash, pen.shape) for pen in PENS}) == len(PENS)
    looks = {(round(_luminance(fill.shade), 2), fill.hatch) for fill in FILLS}
    assert len(looks) == len(FILLS)


@pytest.mark.parametrize(
    ("wanted", "least"),
    [([1, 1, 1, 50, 51], [4] * 5), ([-5, 60], [4, 4]), ([10] * 13, [4] * 13), ([], [])],
)
def test_labels_move_apart_and_stay_between_the_ends(
    wanted: list[float], least: list[float]
) -> None:
    places = apart(wanted, least, 0, 52)
    for at in range(1, len(places)):
        assert places[at] - places[at - 1] >= (least[at] + least[at - 1]) / 2 - 1e-9
    if places:
        assert places[0] >= least[0] / 2 - 1e-9
        assert places[-1] <= 52 - least[-1] / 2 + 1e-9


INDICATOR = {
    "text": "Uitgaven aan onderzoek",
    "baseline": "2,0 procent in 2013",
    "per_year": {2018: "2,1 procent"},
    "actual": "2,2 procent in 2023",
    "target": "3 procent in 2030",
    "no_policy": "1,9 procent in 2030",
}


def test_the_way_to_a_target_tells_what_a_year_should_bring(given_of: Callable[..., Given]) -> None:
    given = given_of(case={"indicators": {"rd": INDICATOR}}, key="rd")
    made = MODEL_FIGURES["target"](given)
    assert made is not None, given.edition.problems
    assert made[0].legend == "procent; vanaf 2023 is +0,11 procentpunt per jaar nodig"
    names = {word for word, *_ in words_of(made[0].markup)}
    assert {"realisatie", "zonder beleid"} <= names
    assert ("streefwaarde", "2030", "3%") in made[0].data


def test_a_single_measurement_has_a_name_and_no_other_mark_over_it(
    given_of: Callable[..., Given],
) -> None:
    fields = {key: value for key, value in INDICATOR.items() if key not in ("actual", "per_year")}
    made = MODEL_FIGURES["target"](given_of(case={"indicators": {"rd": fields}}, key="rd"))
    assert made is not None
    assert "nulmeting 2013: 2,0%" in {word for word, *_ in words_of(made[0].markup)}
    # The measurement and its sample; the target, and what would be without policy with its sample.
    assert made[0].markup.count("<circle") == 2
    assert made[0].markup.count("<polygon") == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target": None}, "has no target"),
        ({"target": "3 procent"}, "the target has no year"),
        ({"target": "2-3 procent in 2030"}, "a range"),
        ({"target": "3 euro in 2030"}, "different units"),
        ({"baseline": None, "actual": None, "per_year": {}}, "nothing of this indicator"),
    ],
)
def test_an_indicator_that_cannot_be_drawn_is_told(
    change: dict[str, Any], said: str, given_of: Callable[..., Given]
) -> None:
    fields = {key: value for key, value in {**INDICATOR, **change}.items() if value is not None}
    given = given_of(case={"indicators": {"rd": fields}}, key="rd")
    assert MODEL_FIGURES["target"](given) is None
    assert any(said in problem.message for problem in given.edition.problems)


def test_a_target_that_is_not_yet_known_is_named(given_of: Callable[..., Given]) -> None:
    fields = {**INDICATOR, "target": "PM in 2030"}
    given = given_of(case={"indicators": {"rd": fields}}, key="rd")
    made = MODEL_FIGURES["target"](given)
    assert made is not None
    assert "PM: streefwaarde" in made[0].legend


def test_budgets_of_instruments_are_added_in_one_scale(given_of: Callable[..., Given]) -> None:
    def one(years: dict[int, str]) -> dict[str, Any]:
        node = {"budget": {"text": "Budget", "per_year": years}} if years else {}
        return {"name": "Bon", "type": "subsidie", "period": "2021", "input": node}

    instruments = {
        "a": one({2021: "1,5 mln. euro", 2022: "PM"}),
        "b": one({2022: "~900 duizend euro"}),
        "c": one({}),
    }
    given = given_of(case={"instruments": instruments})
    made = MODEL_FIGURES["budgets"](given)
    assert made is not None, given.edition.problems
    assert made[0].data[-1] == ("totaal", "1,5", "~0,9 + PM")
    assert "Geen bedragen per jaar bekend: Bon" in made[0].legend


def test_too_much_for_a_page_is_refused(given_of: Callable[..., Given]) -> None:
    rows = "\n".join(f"Plaats {at};1" for at in range(MOST_BARS + 1))
    given = given_of(f"plaats;a\n{rows}")
    assert TABLE_FIGURES["bars"].maker(given) is None
    assert "do not fit a page" in given.edition.problems[0].message


def _luminance(ink: str) -> float:
    parts = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_numbers_of_chapters_stand_on_one_line_and_no_name_is_broken(draw: Draw) -> None:
    words = words_of(draw("process", STEPS["chapters"]).markup)
    tops = {top for word, _, top, *_ in words if word in {"2", "3", "4", "5", "6"}}
    assert len(tops) == 1
    found = [word for word, *_ in words]
    assert {"Inleiding", "Arbeidsmarkt", "Andere", "landen", "Mix"} <= {*found}
    names = {top for word, _, top, *_ in words if word in {"Inleiding", "Mix", "Andere"}}
    assert len(names) == 1


def test_packages_without_numbers_keep_their_names_whole(draw: Draw) -> None:
    words = [word for word, *_ in words_of(draw("process", STEPS["parts and packages"]).markup)]
    assert {"WP1", "WP2"} <= {*words}
