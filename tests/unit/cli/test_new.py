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
    assert "  evalkit check mijn-evaluatie\n  evalkit report mijn-evaluatie\n" in out
    assert (tmp_path / "mijn-evaluatie" / "case.yaml").is_file()


def test_the_next_command_works(evalkit):
    evalkit("new", "mijn-evaluatie")

    code, out, _ = evalkit("check", "mijn-evaluatie")

    assert code == 0
    assert "no problems" in out


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
