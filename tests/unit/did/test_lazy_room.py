"""The rooms of estimators and diagnostics load what is asked for, and no more."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from evalkit import checks, did


@pytest.mark.parametrize("room", [did, checks])
def test_every_public_name_is_found_and_none_is_a_file(room: object) -> None:
    names = room.__all__  # type: ignore[attr-defined]
    assert dir(room) == names
    for name in names:
        assert not isinstance(getattr(room, name), type(sys)), name


def test_a_file_that_is_imported_does_not_hide_its_function() -> None:
    file = importlib.import_module("evalkit.did.twfe")
    assert did.twfe is file.twfe
    assert did.twfe is not file
    assert sys.modules["evalkit.did.twfe"] is file


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"module 'evalkit\.did' has no attribute 'tfwe'"):
        did.tfwe  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize(
    "asked", ["import evalkit.did, evalkit.checks", "import evalkit.analysis.evaluability"]
)
def test_plans_are_judged_without_data_frames(asked: str) -> None:
    told = f"{asked}\nimport sys\nprint({{'pandas', 'scipy.stats'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
