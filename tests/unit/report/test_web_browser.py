"""The HTML report in a browser: what axe-core finds, and what a reader does with it.

Needs Chromium and, for what is checked by axe-core, its script: `make browser` gets both.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.report.render import render

CASES = ("minimumloon", "menselijk-kapitaal")
SIZES = {"phone": (360, 740), "tablet": (768, 1000), "desk": (1400, 900)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("web")
    return {
        name: render(evaluate(load_case(name)), folder / f"{name}.html", draft=False)
        for name in CASES
    }


class Seen:
    """A page that was opened, and what it asked for and complained of."""

    def __init__(self, browser: Any, file: Path, size: str = "desk", **options: Any) -> None:
        width, height = SIZES[size]
        view = {"width": width, "height": height}
        self.context = browser.new_context(viewport=view, reduced_motion="reduce", **options)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Any:
        return self.page

    def __exit__(self, *_: object) -> None:
        asked = [url[:80] for url in self.asked[1:] if not url.startswith("data:")]
        said = list(self.said)
        self.context.close()
        assert (asked, said) == ([], [])


@pytest.mark.slow
@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
@pytest.mark.parametrize("name", CASES)
def test_axe_finds_no_violation(
    browser: Any, axe: str, pages: dict[str, Path], name: str, size: str, scheme: str
) -> None:
    with Seen(browser, pages[name], size, color_scheme=scheme) as page:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.wait_for_timeout(100)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html'][:120]}"
            for rule in found["violations"]
        ]
        assert told == []
        assert len(found["passes"]) > 30


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_runs_off_the_screen(
    browser: Any, pages: dict[str, Path], name: str, size: str
) -> None:
    with Seen(browser, pages[name], size) as page:
        width = SIZES[size][0]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        off = page.evaluate(
            """(width) => [...document.querySelectorAll('main *')]
            .filter((one) => !one.closest('.scroll') && one.getBoundingClientRect().right > width)
            .map((one) => one.outerHTML.slice(0, 90))""",
            width,
        )
        assert off == []


@pytest.mark.parametrize("size", SIZES)
def test_bars_of_periods_stand_below_their_years(
    browser: Any, pages: dict[str, Path], size: str
) -> None:
    with Seen(browser, pages["menselijk-kapitaal"], size) as page:
        drawn = page.evaluate(
            """[...document.querySelectorAll('.periods td svg')].map((one) => [
              one.viewBox.baseVal.width * one.getScreenCTM().a,
              one.closest('td').getBoundingClientRect().width,
            ])"""
        )
        assert drawn
        assert all(abs(bars - columns) < 1.5 for bars, columns in drawn)
        heads = page.evaluate(
            """[...document.querySelectorAll('.periods thead tr:last-child th')]
            .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"""
        )
        assert heads == []


@pytest.fixture
def small(pages: dict[str, Path]) -> Path:
    return pages["minimumloon"]


def test_the_contents_follow_the_text(browser: Any, small: Path) -> None:
    with Seen(browser, small) as page:
        current = page.locator(".contents [aria-current]")
        page.evaluate("document.querySelectorAll('main h3')[3].scrollIntoView()")
        page.wait_for_timeout(200)
        wanted = page.evaluate("document.querySelectorAll('main h3')[3].id")
        assert current.count() == 1
        assert current.get_attribute("href") == f"#{wanted}"


def test_the_contents_fold_away_on_a_phone(browser: Any, small: Path) -> None:
    with Seen(browser, small, "phone") as page:
        button, items = page.locator(".contents-toggle"), page.locator("#contents-list")
        assert not items.is_visible()
        button.focus()
        page.keyboard.press("Enter")
        assert items.is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert not items.is_visible()
        button.click()
        items.locator("a").nth(2).click()
        assert not items.is_visible()
        page.wait_for_timeout(200)
        top = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
        bar = page.evaluate("document.querySelector('.contents').getBoundingClientRect().bottom")
        assert bar <= top < 200


def test_the_first_stop_of_the_keyboard_skips_to_the_text(browser: Any, small: Path) -> None:
    with Seen(browser, small) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_a_number_tells_its_origin_to_mouse_and_keyboard(browser: Any, small: Path) -> None:
    with Seen(browser, small) as page:
        value, pop = page.locator(".value").first, page.locator("#pop")
        told = page.locator(".origin").first.text_content()
        assert not pop.is_visible()
        value.hover()
        assert pop.text_content() == told
        box = pop.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SIZES["desk"][0]
        pop.hover()  # it stays while it is pointed at
        page.wait_for_timeout(400)
        assert pop.is_visible()
        page.keyboard.press("Escape")
        assert not pop.is_visible()
        value.focus()
        assert pop.text_content() == told
        page.evaluate("document.activeElement.blur()")
        page.mouse.move(0, 0)
        page.wait_for_timeout(400)
        assert not pop.is_visible()


def test_a_footnote_is_read_where_it_is_called(browser: Any, pages: dict[str, Path]) -> None:
    with Seen(browser, pages["menselijk-kapitaal"]) as page:
        call, pop = page.locator("#noteref-2"), page.locator("#pop")
        call.focus()
        assert pop.is_visible()
        assert call.get_attribute("aria-describedby") == "pop"
        text = page.locator("#note-2 .note-text").inner_text()
        assert pop.inner_text() == text
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#note-2"
        page.locator("#note-2 .back").click()
        assert page.evaluate("location.hash") == "#noteref-2"


def test_the_data_of_a_figure_open_by_keyboard(browser: Any, small: Path) -> None:
    with Seen(browser, small, "phone") as page:
        summary = page.locator(".figure-data summary").first
        table = page.locator(".figure-data table").first
        assert not table.is_visible()
        summary.focus()
        page.keyboard.press("Enter")
        assert table.is_visible()
        assert table.locator("tbody tr").count() > 1


def test_all_can_be_read_without_the_script(browser: Any, small: Path) -> None:
    with Seen(browser, small, "phone", java_script_enabled=False) as page:
        assert page.locator("#contents-list a").first.is_visible()
        value, origin = page.locator(".value").first, page.locator(".origin").first
        assert not origin.is_visible()
        value.focus()
        assert origin.is_visible()
        page.locator(".figure-data summary").first.click()
        assert page.locator(".figure-data table").first.is_visible()


def test_the_fonts_of_the_style_are_used(browser: Any, small: Path) -> None:
    with Seen(browser, small) as page:
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate(
            "[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
        )
        assert {name.strip('"') for name in loaded} == {"Source Sans 3", "Source Serif 4"}


def test_on_paper_only_the_report_is_left(browser: Any, small: Path) -> None:
    import pypdfium2

    with Seen(browser, small, color_scheme="dark") as page:
        data = page.pdf(prefer_css_page_size=True)
    texts = [one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(data)]
    whole = " ".join("".join(texts).split())
    assert len(texts) > 5
    assert "Naar de tekst" not in whole
    assert "Gegevens bij figuur" not in whole
    assert "Figuur 3.1" in whole
    bitmap = pypdfium2.PdfDocument(data)[2].render(scale=0.3).to_pil()
    assert bitmap.getpixel((2, 2))[:3] == (255, 255, 255)  # white paper from a dark screen
