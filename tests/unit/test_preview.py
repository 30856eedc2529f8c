"""The preview: serves the report, follows what is saved, and keeps to this machine."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from evalkit.errors import EvalkitError
from evalkit.io.shipped import style_dir
from evalkit.preview import draft as draft_module
from evalkit.preview.draft import Draft, Shown
from evalkit.preview.server import Preview

PATIENCE = 30.0


@pytest.fixture
def preview(small_case: Path) -> Iterator[Preview]:
    with Preview(Draft(small_case)) as running:
        until(running, lambda told: told["stamp"])
        yield running


def get(preview: Preview, path: str, host: str = "") -> tuple[int, bytes]:
    parts = urlsplit(preview.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": host or parts.netloc})
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def remarks(preview: Preview) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(preview, "/remarks")[1])
    return found


def until(preview: Preview, wanted: Any) -> dict[str, Any]:
    """Wait until the remarks are as wanted; the watcher takes a moment."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = remarks(preview)
        if wanted(found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"never came: {found}")


def chapter(case: Path) -> Path:
    return min((case / "chapters").glob("*.md"))


def test_it_shows_the_report_and_what_the_audit_finds(preview: Preview) -> None:
    status, frame = get(preview, "/")
    assert status == 200
    assert b'src="/report"' in frame
    status, page = get(preview, "/report")
    assert status == 200
    assert page == preview.draft.shown.html
    assert page[:15].lower() == b"<!doctype html>"
    found = until(preview, lambda told: told["stamp"])
    assert found["stale"] is False


def test_it_serves_before_the_first_page_is_made(
    small_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, held = Draft(small_case), threading.Event()
    make = draft.make
    monkeypatch.setattr(draft, "make", lambda: held.wait(PATIENCE) and make())
    with Preview(draft) as running:
        assert get(running, "/")[0] == 200
        assert b"data-waiting" in get(running, "/report")[1]
        assert remarks(running)["stamp"] == ""
        held.set()
        until(running, lambda told: told["stamp"])
        assert get(running, "/report")[1] == draft.shown.html


def test_a_page_that_is_saved_again_is_not_audited_first(
    small_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    draft = Draft(small_case)
    make, audit = draft.make, draft.audit
    with Preview(draft) as running:
        until(running, lambda told: told["stamp"])

        def made() -> Shown:
            if not done:  # as if a file were saved meanwhile
                running.saved.set()
            done.append("make")
            return make()

        def audited() -> Shown:
            done.append("audit")
            return audit()

        monkeypatch.setattr(draft, "make", made)
        monkeypatch.setattr(draft, "audit", audited)
        running.saved.set()
        end = time.monotonic() + PATIENCE
        while "audit" not in done and time.monotonic() < end:
            time.sleep(0.02)
    assert done == ["make", "make", "audit"]


def test_a_saved_chapter_comes_to_the_page(preview: Preview, small_case: Path) -> None:
    before = remarks(preview)["stamp"]
    file = chapter(small_case)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nDeze zin is zojuist bewaard.\n", encoding="utf-8")
    until(preview, lambda told: told["stamp"] != before)
    assert "Deze zin is zojuist bewaard." in get(preview, "/report")[1].decode()


def test_a_saved_fact_comes_to_the_page(preview: Preview, small_case: Path) -> None:
    before = remarks(preview)["stamp"]
    file = small_case / "case.yaml"
    text = file.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    file.write_text(text.replace(title, "title: Een geheel andere naam"), encoding="utf-8")
    until(preview, lambda told: told["stamp"] != before)
    assert "Een geheel andere naam" in get(preview, "/report")[1].decode()


def test_what_cannot_be_read_is_said_and_the_last_page_stays(
    preview: Preview, small_case: Path
) -> None:
    page = get(preview, "/report")[1]
    file = small_case / "case.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\nonzin: ja\n", encoding="utf-8")
    found = until(preview, lambda told: told["stale"])
    (remark,) = found["remarks"]
    assert remark["kind"] == "problem"
    assert remark["where"] == f"case.yaml:{text.count(chr(10)) + 2}"
    assert "onzin" in remark["text"]
    assert get(preview, "/report")[1] == page
    file.write_text(text, encoding="utf-8")
    until(preview, lambda told: not told["stale"])


def test_the_browser_is_told(preview: Preview, small_case: Path) -> None:
    parts = urlsplit(preview.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    connection.request("GET", "/changes", headers={"Host": parts.netloc})
    stream = connection.getresponse()
    assert stream.readline() == b"data: new\n"
    file = chapter(small_case)
    file.write_text(f"{file.read_text(encoding='utf-8')}\nNog een zin.\n", encoding="utf-8")
    seen = [stream.readline() for _ in range(3)]
    assert b"data: new\n" in seen
    connection.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", ""])
def test_another_host_name_is_refused(preview: Preview, host: str) -> None:
    if host:
        assert get(preview, "/report", host)[0] == 403
    assert urlsplit(preview.address).hostname == "127.0.0.1"


def test_there_are_no_other_pages(preview: Preview) -> None:
    for path in ("/case.yaml", "/../case.yaml", "/report/../../etc/passwd", "/static"):
        assert get(preview, path)[0] == 404


def test_a_port_in_use_is_said(preview: Preview, small_case: Path) -> None:
    port = urlsplit(preview.address).port or 0
    with pytest.raises(EvalkitError, match="cannot be used"):
        Preview(Draft(small_case), port=port)


def test_a_case_without_a_first_page_says_why(small_case: Path) -> None:
    (small_case / "case.yaml").write_text("titel: mis\n", encoding="utf-8")
    with Preview(Draft(small_case)) as running:
        assert until(running, lambda told: told["remarks"])["stale"]
        assert b"No page yet" in get(running, "/report")[1]


def test_only_prose_leaves_what_was_derived(small_case: Path) -> None:
    draft = Draft(small_case)
    draft.make()
    first = draft._evaluation
    file = chapter(small_case)
    file.write_text(f"{file.read_text(encoding='utf-8')}\nEen zin.\n", encoding="utf-8")
    draft.make()
    second = draft._evaluation
    assert first is not None
    assert second is not None
    assert second.scores is first.scores
    assert "Een zin." in next(iter(second.case.chapters.values()))


def test_a_saved_house_style_comes_to_the_page(small_case: Path, tmp_path: Path) -> None:
    style = tmp_path / "eigen"
    shutil.copytree(style_dir("kaal"), style)
    with Preview(Draft(small_case, str(style))) as running:
        before = until(running, lambda told: told["stamp"])["stamp"]
        file = style / "style.toml"
        file.write_text(file.read_text("utf-8").replace("#333333", "#222233"), "utf-8")
        until(running, lambda told: told["stamp"] != before)
        assert b"#222233" in get(running, "/report")[1]
        file.write_text("parts = 3\n", "utf-8")
        (remark,) = until(running, lambda told: told["stale"])["remarks"]
        assert "parts: write a list" in remark["text"]
        assert "style.toml shows how it goes" in remark["hint"]


def test_a_failure_of_evalkit_does_not_stop_the_watching(
    preview: Preview, small_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("onverwacht")

    file = chapter(small_case)
    text = file.read_text(encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(draft_module, "web_page", fails)
        file.write_text(f"{text}\nEen zin.\n", encoding="utf-8")
        (remark,) = until(preview, lambda told: told["stale"])["remarks"]
    assert remark["text"] == "ValueError: onverwacht"
    file.write_text(f"{text}\nEen andere zin.\n", encoding="utf-8")
    until(preview, lambda told: not told["stale"])
    assert "Een andere zin." in get(preview, "/report")[1].decode()


def test_a_failure_of_the_audit_is_a_remark(
    small_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("onverwacht")

    monkeypatch.setattr(draft_module, "audit_case", fails)
    draft = Draft(small_case)
    page = draft.make().html
    assert draft.audit().remarks[-1].text == "ValueError: onverwacht"
    assert draft.shown.html == page
