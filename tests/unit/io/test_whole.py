from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.io.whole import write_whole


def test_files_that_go_and_come(tmp_path: Path) -> None:
    (tmp_path / "oud.txt").write_text("oud")
    write_whole({tmp_path / "oud.txt": None, tmp_path / "a" / "nieuw.txt": "één\n"})
    assert [one.relative_to(tmp_path).as_posix() for one in tmp_path.rglob("*")] == [
        "a", "a/nieuw.txt",
    ]  # fmt: skip
    assert (tmp_path / "a" / "nieuw.txt").read_bytes() == "één\n".encode()


def test_nothing_changes_when_one_cannot_be_written(tmp_path: Path) -> None:
    kept, blocked = tmp_path / "kept.txt", tmp_path / "file"
    kept.write_text("oud")
    blocked.write_text("geen map")
    with pytest.raises(OSError, match="file"):
        write_whole({kept: "nieuw", blocked / "below.txt": "x"})
    assert kept.read_text() == "oud"
    assert {one.name for one in tmp_path.iterdir()} == {"kept.txt", "file"}


def test_a_break_halfway_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, other = tmp_path / "kept.txt", tmp_path / "other.txt"
    kept.write_text("oud")
    write = Path.write_bytes

    def breaks(path: Path, data: bytes) -> int:
        if path.name == "other.txt":
            raise KeyboardInterrupt
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", breaks)
    with pytest.raises(KeyboardInterrupt):
        write_whole({kept: "nieuw", other: "nieuw"})
    assert kept.read_text() == "oud"
    assert [one.name for one in tmp_path.iterdir()] == ["kept.txt"]
