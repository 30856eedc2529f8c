"""The docs site in a browser: axe-core finds nothing, nothing runs off a phone, nothing is fetched.

`make browser` gets Chromium and axe-core, and `make site-test` runs these tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("material", reason="the docs site needs mkdocs-material")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("EVALKIT_SITE"), reason="run by `make site-test`"),
]

PROFILES = {
    "desk": (1400, 900, "light"),
    "night": (1400, 900, "dark"),
    "phone": (390, 844, "light"),
}
"""Width, height and colours of the screens that a page is looked at on."""
PATIENCE = 180_000
"""Milliseconds: on a busy machine a page is slow, and that is no fault of the page."""
PAGES = (
    "index", "start/snel-beginnen", "tutorials/first-case", "howto/ladder", "compare/software",
    "gallery", "ladders", "reference/commands", "reference/errors", "reference/files/instrument",
    "reference/api/evalkit", "methodology/group_time", "architecture",
)  # fmt: skip
"""A page of each kind, for what takes seconds a page; the quick tests take them all."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing between the names of the tests."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site as a server would: from a disk a browser may not search it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Screen:
    """One window of the browser, in which page after page is opened."""

    def __init__(self, browser: Any, address: str, profile: str) -> None:
        width, height, scheme = PROFILES[profile]
        self.width = width
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme,
            reduced_motion="reduce",
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, name: str, until: str = "networkidle") -> Any:
        """Open a page, and wait until nothing comes in any more or until it stands."""
        self.page.goto(f"{self.address}{name}.html", wait_until=until)
        return self.page

    def told(self) -> tuple[list[str], list[str]]:
        """Give what was asked of elsewhere and what was complained of, since the last time."""
        known = (self.address, "data:", "blob:")
        elsewhere = [url for url in self.asked if not url.startswith(known)]
        said = list(self.said)
        self.asked.clear()
        self.said.clear()
        return elsewhere, said


@pytest.fixture(scope="module")
def screens(browser: Any, address: str) -> Iterator[dict[str, Screen]]:
    """Give one window a profile, for all tests."""
    opened = {profile: Screen(browser, address, profile) for profile in PROFILES}
    yield opened
    for screen in opened.values():
        screen.context.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("profile", PROFILES)
def test_axe_finds_no_violation(
    screens: dict[str, Screen], axe: str, page: str, profile: str
) -> None:
    screen = screens[profile]
    opened = screen.open(page)
    opened.evaluate(axe)
    found = opened.evaluate("axe.run(document, {resultTypes: ['violations']})")
    told = [
        f"{rule['id']}: {rule['help']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]
    assert told == []
    assert len(found["passes"]) > 25
    assert screen.told() == ([], [])


def test_nothing_runs_off_a_phone(screens: dict[str, Screen], site: Path) -> None:
    screen = screens["phone"]
    names = sorted(str(one.relative_to(site).with_suffix("")) for one in site.rglob("*.html"))
    assert len(names) > len(PAGES)
    wide = {}
    for name in names:
        width = screen.open(name, "load").evaluate("document.documentElement.scrollWidth")
        if width > screen.width:
            wide[name] = width
    assert wide == {}
    assert screen.told() == ([], [])


def test_a_reader_finds_a_page_by_a_word(screens: dict[str, Screen]) -> None:
    opened = screens["desk"].open("index")
    opened.locator("input.md-search__input").click()
    opened.keyboard.type("house style")
    first = opened.locator(".md-search-result__link").first
    first.wait_for()
    assert "howto/house-style" in first.get_attribute("href")
    assert screens["desk"].told() == ([], [])


def test_on_paper_only_the_page_is_left(screens: dict[str, Screen]) -> None:
    import pypdfium2

    paper = pypdfium2.PdfDocument(screens["night"].open("tutorials/first-case").pdf())
    whole = " ".join("".join(one.get_textpage().get_text_bounded() for one in paper).split())
    assert "A first case in half an hour" in whole
    assert "Snel beginnen (Nederlands)" not in whole  # the contents of the site
    assert "Copy to clipboard" not in whole
    assert paper[0].render(scale=0.3).to_pil().getpixel((2, 2))[:3] == (255, 255, 255)
