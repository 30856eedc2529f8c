"""Sources from BibTeX, as people write it."""

from __future__ import annotations

import pytest

from evalkit.io.bibliography import mark_namesakes, read_bibliography


def entry(body: str, kind: str = "report") -> dict:
    tree = read_bibliography(f"@{kind}{{a,\n{body}\n}}", "sources.bib")
    assert tree.problems == ()
    return tree.data["a"]


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("{{SEO Economisch Onderzoek}}", ["SEO Economisch Onderzoek"]),
        ("{{SEO Economisch Onderzoek} and {Birch}}", ["SEO Economisch Onderzoek", "Birch"]),
        ("{{Onderzoek and Beleid}}", ["Onderzoek and Beleid"]),
        ("{Vries, Jan de and Piet Jansen}", ["De Vries", "Jansen"]),
        ("{Ludwig van Beethoven}", ["Van Beethoven"]),
        ("{van Beethoven, Ludwig and Beethoven, Ludwig van}", ["Van Beethoven"] * 2),
        ("{Anna van der Berg and J. W. in 't Veld}", ["Van der Berg", "In 't Veld"]),
        ("{Karel de Grote, Jr.}", ["Karel de Grote"]),
        ("{Anna Maria Bakker and bell hooks and others}", ["Bakker", "hooks", "others"]),
        (r"{M{\"u}ller, Jean and {van Dale}}", ["Müller", "van Dale"]),
        ("{Madonna and Vries, J.}", ["Madonna", "Vries"]),
        (r"{M{\"u}ller, J. and {\'E}t{\'e}, P.}", ["Müller", "Été"]),
        ('"{CBS}"', ["CBS"]),
    ],
)
def test_authors(written: str, authors: list[str]) -> None:
    assert entry(f"author = {written}, title = {{T}}")["authors"] == authors


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"Onderzoek \& Ontwikkeling", "Onderzoek & Ontwikkeling"),
        ("Onderzoek & Ontwikkeling", "Onderzoek & Ontwikkeling"),
        ("100% bereik, 50\\% effect", "100% bereik, 50% effect"),
        (r"Caf{\'e} in Z{\"u}rich", "Café in Zürich"),
        ("Geëvalueerd, naïef", "Geëvalueerd, naïef"),
        ("De {NL} Talent\n  Coalition", "De NL Talent Coalition"),
        ("$5 voor #1 en a_b", "$5 voor #1 en a_b"),
        ("2013--2020", "2013–2020"),
    ],
)
def test_titles(written: str, plain: str) -> None:
    assert entry(f"title = {{{written}}}")["title"] == plain


def test_an_address_stays_as_it_is() -> None:
    url = "https://a.nl/~jan/x--y_z%20q#deel?a=1&b=2"
    assert entry(f"title = {{T}}, url = {{{url}}}")["url"] == url


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("report", "report"),
        ("TechReport", "report"),
        ("online", "website"),
        ("misc", "other"),
        ("kamerstuk", "kamerstuk"),
        ("interview", "interview"),
        ("dataset", "dataset"),
    ],
)
def test_kinds(kind: str, kept: str) -> None:
    assert entry("title = {T}", kind)["kind"] == kept


def test_strings_are_used_and_forgotten() -> None:
    text = '@string{seo = "SEO"}\n@report{a, title = {T}, publisher = seo}'
    assert read_bibliography(text, "x.bib").data["a"]["publisher"] == "SEO"
    (problem,) = read_bibliography("@report{a, title = {T}, publisher = seo}", "x.bib").problems
    assert "'seo' stands without braces or quotes" in problem.message


@pytest.mark.parametrize("text", ['@preamble{"x"}\n', "@comment{x}\n", "% noot\n", "los\n"])
def test_what_is_no_source_is_passed_over(text: str) -> None:
    tree = read_bibliography(text + "@report{a, title = {T}}", "x.bib")
    assert list(tree.data) == ["a"]
    assert tree.lines[("a",)] == 2


GOOD = "@report{b, title = {B}}\n"
BROKEN = [
    ("@report{a, title = {A}\n" + GOOD, 2, "this is not BibTeX: '}' expected", "brace"),
    ("@report{a, title = {A} year = 2020}\n", 1, "'}' expected", "comma"),
    ("@report{a, title = A}\n", 1, "'A' stands without braces or quotes", ""),
    ("@report{a, title = {A", 1, "the file ends inside an entry", ""),
    ("@report{", 1, "the file ends inside an entry", ""),
    ("@report{}", 1, "entry key expected", ""),
    (GOOD + "\n" + GOOD, 3, "the source 'b' stands here again", "keep one"),
    ("\n@rapport{a, title = {A}}", 2, "'@rapport' is no kind of source", "mean 'report'?"),
    ("@report{a, title = {A}, yaer = 2020}", 1, "no field 'yaer'", "did you mean 'year'?"),
    ("@report{a, title = {A}, title = {B}}", 1, "'title' stands in this source twice", "keep"),
    ("@report{a, title = {\\}}", 1, "a backslash that means nothing", "UTF-8"),
    ("zomaar tekst", 1, "no source stands in this file", "@report{"),
    ("% alleen een noot", 1, "no source stands in this file", "@report{"),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), BROKEN)
def test_what_is_wrong(text: str, line: int, message: str, hint: str) -> None:
    (problem,) = read_bibliography(text, "sources.bib").problems
    assert (problem.file, problem.line) == ("sources.bib", line)
    assert message in problem.message
    assert hint in problem.hint


def test_a_torn_entry_does_not_take_the_next_with_it() -> None:
    tree = read_bibliography("@report{a, title = {A}\n" + GOOD, "sources.bib")
    assert list(tree.data) == ["b"]


@pytest.mark.parametrize("author", [" and ", ",", "{}"])
def test_an_empty_author_stays_to_be_reported(author: str) -> None:
    tree = read_bibliography(f"@report{{a, author = {{{author}}}, title = {{T}}}}", "x.bib")
    assert "" in tree.data["a"]["authors"]


def test_sources_that_are_cited_alike_have_letters() -> None:
    """Not the authors but the name that the text prints must tell them apart."""
    data: dict[str, dict[str, object]] = {
        "a": {"authors": ["Jansen", "Bakker", "Cornelis", "Dirks"], "title": "Een", "year": 2020},
        "b": {"authors": ["Jansen", "Visser", "Smit", "Mulder"], "title": "Twee", "year": 2020},
        "c": {"title": "Monitor", "year": 2021},
        "d": {"title": "Monitor", "year": 2021},
    }
    mark_namesakes(data)
    assert [one["mark"] for one in data.values()] == ["a", "b", "a", "b"]
