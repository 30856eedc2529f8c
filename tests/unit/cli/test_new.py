import re
import subprocess
import sys

import pytest

from evalkit.cli import main


@pytest.fixture
def evalkit(monkeypatch, capsys, tmp_path):
    """Run the command line in an empty folder; give exit code, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["evalkit", *args])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return left.value.code or 0, said.out, said.err

    return run


def test_new_makes_a_case_and_says_what_is_next(evalkit, tmp_path):
    code, out, err = evalkit("new", "mijn-evaluatie")

    assert (code, err) == (0, "")
    for command in ("check", "estimate", "report"):
        assert f"  evalkit {command} mijn-evaluatie\n" in out
    assert out.endswith("in the order of mijn-evaluatie/README.md\n")


def test_new_names_all_that_it_wrote_and_nothing_else(evalkit, tmp_path):
    _, out, _ = evalkit("new", "mijn-evaluatie")

    listed = re.search(r"made-up content:\n(.*)\nnow try\n", out, re.DOTALL)
    named = {name for line in listed[1].splitlines() for name in line[:25].split(",")}
    made = (tmp_path / "mijn-evaluatie").iterdir()
    written = {f"{path.name}/" if path.is_dir() else path.name for path in made}
    assert {name.strip() for name in named} == written - {"README.md"}


def test_help_says_what_is_made_and_what_is_next(evalkit):
    code, out, _ = evalkit("new", "--help")

    assert code == 0
    for word in ("made up", "evalkit check", "evalkit estimate", "evalkit report", "README.md"):
        assert word in " ".join(out.split())


@pytest.mark.parametrize("command", ["check", "estimate"])
def test_the_next_commands_work(command, evalkit):
    evalkit("new", "mijn-evaluatie")

    code, out, _ = evalkit(command, "mijn-evaluatie")

    assert code == 0
    assert {"check": "no problems", "estimate": "1,96 [1,52; 2,40] uur"}[command] in out


def test_new_in_english_and_elsewhere(evalkit, tmp_path):
    code, out, _ = evalkit("new", "mine", "--lang", "en", "--into", "my cases")

    assert code == 0
    assert "evalkit check 'my cases/mine'" in out
    text = (tmp_path / "my cases" / "mine" / "case.yaml").read_text(encoding="utf-8")
    assert "language: en" in text


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["Mijn Case"], "'mijn-case'"),
        (["there"], "already there"),
        (["mine", "--lang", "fr"], "no language 'fr'"),
        (["mine", "--into", "file"], "'file' is a file"),
    ],
)
def test_mistakes_are_one_clear_text(args, said, evalkit, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")

    code, out, err = evalkit("new", *args)

    assert (code, out) == (1, "")
    assert said in err
    assert "hint: " in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "there"]


def test_new_needs_a_slug(evalkit):
    code, _, err = evalkit("new")

    assert code == 2
    assert "SLUG" in err


def test_help_imports_nothing_heavy():
    code = (
        "import sys, evalkit.cli\n"
        "heavy = {'pandas', 'weasyprint', 'jinja2', 'pydantic', 'statsmodels'}\n"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.stderr) == ("", "")
