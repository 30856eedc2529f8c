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

SIZES = {"phone": (390, 844), "desk": (1400, 900)}
PAGES = (
    "index", "start/snel-beginnen", "tutorials/first-case", "howto/ladder", "compare/software",
    "gallery", "ladders", "reference/commands", "reference/errors", "reference/files/instrument",
    "reference/api/evalkit", "methodology/group_time", "architecture",
)  # fmt: skip


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


class Seen:
    """A page that was opened, and what it asked for and complained of."""

    def __init__(self, browser: Any, address: str, page: str, size: str, scheme: str) -> None:
        width, height = SIZES[size]
        view = {"width": width, "height": height}
        self.context = browser.new_context(
            viewport=view, color_scheme=scheme, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.address = address
        self.page.goto(f"{address}{page}.html", wait_until="networkidle")

    def __enter__(self) -> Any:
        return self.page

    def __exit__(self, *_: object) -> None:
        known = (self.address, "data:", "blob:")
        elsewhere = [url for url in self.asked if not url.startswith(known)]
        said = list(self.said)
        self.context.close()
        assert (elsewhere, said) == ([], [])


@pytest.mark.parametrize(
    ("size", "scheme"), [("desk", "light"), ("desk", "dark"), ("phone", "light")]
)
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(
    browser: Any, address: str, axe: str, page: str, size: str, scheme: str
) -> None:
    with Seen(browser, address, page, size, scheme) as opened:
        opened.evaluate(axe)
        found = opened.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [
            f"{rule['id']}: {rule['help']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for rule in found["violations"]
            for node in rule["nodes"][:3]
        ]
        assert told == []
        assert len(found["passes"]) > 25


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_off_a_phone(browser: Any, address: str, page: str) -> None:
    with Seen(browser, address, page, "phone", "dark") as opened:
        assert opened.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]


def test_a_reader_finds_a_page_by_a_word(browser: Any, address: str) -> None:
    with Seen(browser, address, "index", "desk", "light") as opened:
        opened.locator("input.md-search__input").click()
        opened.keyboard.type("house style")
        first = opened.locator(".md-search-result__link").first
        first.wait_for()
        assert "howto/house-style" in first.get_attribute("href")


def test_on_paper_only_the_page_is_left(browser: Any, address: str) -> None:
    import pypdfium2

    with Seen(browser, address, "tutorials/first-case", "desk", "dark") as opened:
        data = opened.pdf()
    paper = pypdfium2.PdfDocument(data)
    whole = " ".join("".join(one.get_textpage().get_text_bounded() for one in paper).split())
    assert "A first case in half an hour" in whole
    assert "Snel beginnen (Nederlands)" not in whole  # the contents of the site
    assert "Copy to clipboard" not in whole
    assert paper[0].render(scale=0.3).to_pil().getpixel((2, 2))[:3] == (255, 255, 255)
