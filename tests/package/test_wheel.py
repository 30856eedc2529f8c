"""The wheel stands on its own: installed elsewhere, it checks and renders the shipped case.

The environment gets the locked packages, so the wheel is tried with what a user of the lock has.
"""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pytest

# `make test` gives a file to one worker, so building and installing happen once.
pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).resolve().parents[2]
CASE = "menselijk-kapitaal"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program as a user would who never saw the checkout."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_PREFIX", "PIP_TARGET"}
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,  # below, with what the program said
    )
    said = f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said
    assert str(CHECKOUT) not in done.stdout, said
    return done.stdout


def new_environment(folder: Path) -> Path:
    """Make an environment with nothing but pip; give the folder of its programs."""
    venv.create(folder, with_pip=True, symlinks=True)
    return folder / "bin"


def pip(programs: Path, *arguments: str | Path) -> None:
    quiet = ("--disable-pip-version-check", "--quiet")
    run(programs / "python", "-m", "pip", *quiet, *arguments, cwd=programs)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive, and the wheel from it."""
    folder = tmp_path_factory.mktemp("dist")
    build = ("-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT)
    subprocess.run([sys.executable, *build], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with the locked packages; give the folder of its programs."""
    programs = new_environment(tmp_path_factory.mktemp("installed"))
    lock = CHECKOUT / "requirements.lock"
    locked = ("--require-hashes", "--only-binary", ":all:", "--no-compile", "-r", lock)
    pip(programs, "install", *locked)
    pip(programs, "install", "--no-index", "--no-deps", wheel)
    pip(programs, "check")
    return programs


def shipped_files() -> set[str]:
    """List the files that belong in the wheel, by their place in the checkout."""
    return {
        path.relative_to(CHECKOUT).as_posix()
        for room in ("templates", "cases")
        for path in (CHECKOUT / room).rglob("*")
        if path.is_file() and not path.name.startswith(".") and "__pycache__" not in path.parts
    }


def test_there_is_something_to_ship():
    files = shipped_files()

    assert f"cases/{CASE}/case.yaml" in files
    assert any(name.endswith("/style.toml") for name in files)
    assert any(name.endswith((".otf", ".ttf", ".woff2")) for name in files)


def test_wheel_carries_templates_fonts_and_cases(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert {f"evalkit/_shipped/{name}" for name in shipped_files()} <= names
    assert "evalkit/py.typed" in names


def test_wheel_carries_every_file_of_the_package_and_nothing_else(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "evalkit").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert {name for name in names if not name.startswith("evalkit/_shipped/")} == package


def test_source_archive_carries_what_the_wheel_is_built_from(built: Path):
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}

    assert shipped_files() <= names
    assert {"pyproject.toml", "LICENSE", "README.md", "requirements.lock"} <= names


def test_installed_command_says_its_version(programs: Path, tmp_path: Path):
    assert version("evalkit") in run(programs / "evalkit", "--version", cwd=tmp_path)


def test_installed_package_is_not_the_checkout(programs: Path, tmp_path: Path):
    code = "import evalkit.io.shipped as s; print(s.templates_dir(), s.cases_dir(), sep='\\n')"
    places = run(programs / "python", "-c", code, cwd=tmp_path).split("\n")[:2]

    assert all(Path(place).is_relative_to(programs.parent.resolve()) for place in places)


def test_installed_command_checks_the_shipped_case(programs: Path, tmp_path: Path):
    run(programs / "evalkit", "check", CASE, cwd=tmp_path)


def test_installed_command_renders_the_shipped_case(programs: Path, tmp_path: Path):
    run(programs / "evalkit", "report", CASE, "--format", "pdf", "-o", "out.pdf", cwd=tmp_path)

    cover = pypdfium2.PdfDocument(tmp_path / "out.pdf")[0].get_textpage().get_text_bounded()
    assert "menselijk kapitaal" in " ".join(cover.casefold().split())


def test_uninstalling_leaves_nothing_behind(wheel: Path, tmp_path: Path):
    programs = new_environment(tmp_path / "environment")
    before = {path for path in programs.parent.rglob("*") if "__pycache__" not in path.parts}
    pip(programs, "install", "--no-index", "--no-deps", wheel)
    assert (programs / "evalkit").exists()

    pip(programs, "uninstall", "--yes", "evalkit")

    after = {path for path in programs.parent.rglob("*") if "__pycache__" not in path.parts}
    assert after == before
