import json
import subprocess
import sys

import pytest

from evalkit.io.schema import KINDS


def evalkit(*args, cwd):
    command = [sys.executable, "-m", "evalkit", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_schema_prints_all_three(tmp_path):
    done = evalkit("schema", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert {"case", "theory", "instrument"} <= set(json.loads(done.stdout)["$defs"])


@pytest.mark.parametrize(
    ("kind", "key"), [("case", "title"), ("theory", "question"), ("instrument", "aims")]
)
def test_schema_prints_one(kind, key, tmp_path):
    done = evalkit("schema", kind, cwd=tmp_path)

    assert done.returncode == 0
    assert key in json.loads(done.stdout)["properties"]


def test_schema_writes_files_and_names_them(tmp_path):
    done = evalkit("schema", "--into", "schemas", cwd=tmp_path)

    names = list(KINDS)
    assert done.stdout.split() == [f"schemas/{name}.schema.json" for name in names]
    assert all((tmp_path / name).is_file() for name in done.stdout.split())


def test_schema_writes_one_file(tmp_path):
    evalkit("schema", "theory", "--into", ".", cwd=tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["theory.schema.json"]


@pytest.mark.parametrize("more", [[], ["--into", "schemas"]])
def test_unknown_kind_is_one_clear_text(more, tmp_path):
    done = evalkit("schema", "cases", *more, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert "did you mean 'case'?" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_made_is_one_clear_text(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    done = evalkit("schema", "--into", "file/schemas", cwd=tmp_path)

    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_help_tells_editors_what_to_do(tmp_path):
    done = evalkit("schema", "--help", cwd=tmp_path)

    assert "# yaml-language-server: $schema=schemas/case.schema.json" in done.stdout
    assert "$schema=../schemas/instrument.schema.json" in done.stdout
