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


def test_rights_and_links_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("oud")
    real.chmod(0o600)
    link.symlink_to(real)
    write_whole({link: "nieuw"})
    assert link.is_symlink()
    assert real.read_text() == "nieuw"
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_folder_is_told_before_anything_changes(tmp_path: Path) -> None:
    kept, folder = tmp_path / "kept.txt", tmp_path / "folder"
    kept.write_text("oud")
    folder.mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole({kept: "nieuw", folder: "tekst"})
    assert kept.read_text() == "oud"
