"""The mix: a distribution and modes, never a mean."""

from __future__ import annotations

import json

import pytest

from evalkit.judgement.score import score_case
from evalkit.judgement.scores import Scores


@pytest.fixture
def instruments(starts):
    def budget(total, **keys):
        return {"input": {"budget": {"text": "Budget", **total}}, **keys}

    return {
        "a": starts["bare"] | budget({"total": "10 mln. euro"}),
        "b": starts["bare"] | budget({"actual": "2 mln. euro per jaar"}),
        "c": starts["described"] | budget({"target": "900 duizend euro"}),
        "d": starts["described"] | budget({"total": "PM"}),
        "e": starts["described"],
    }


def test_number_and_money_tell_different_things(make_case, instruments):
    mix = score_case(make_case(instruments)).mix
    assert mix.distribution == {0: 2, 1: 3, 2: 0, 3: 0, 4: 0}
    assert (mix.mode, mix.spend_weighted_mode) == (1, 0)
    assert (mix.spend_known, mix.total) == (2, 5)
    assert "twee op trede 0 en drie op trede 1" in mix.prose("nl")
    assert "twee van de vijf" in mix.prose("nl")
    assert "mean" not in mix.as_json("en")


def test_a_tie_has_no_single_mode(make_case, instruments):
    del instruments["e"]
    mix = score_case(make_case(instruments)).mix
    assert (mix.mode, mix.modes) == (None, (0, 1))


def test_money_within_an_umbrella_counts_once(make_case, instruments):
    instruments["a"]["part_of"] = "c"
    mix = score_case(make_case(instruments)).mix
    assert (mix.spend_weighted_mode, mix.spend_known, mix.spend_held) == (1, 2, 1)
    assert "Het budget van ‘Bon’ is niet apart meegewogen" in mix.prose("nl")
    instruments["b"] |= {"part_of": "c", "name": "Pas", "input": instruments["a"]["input"]}
    both = score_case(make_case(instruments)).mix
    assert "De budgetten van ‘Bon’ en ‘Pas’ zijn niet apart meegewogen" in both.prose("nl")


@pytest.mark.parametrize(("number", "start"), [(0, "Geen"), (1, "Het enige"), (3, "Alle drie")])
def test_small_mixes_read_well(make_case, starts, number, start):
    case = make_case({f"i{n}": starts["bare"] for n in range(number)})
    mix = score_case(case).mix
    if number:
        assert mix.prose("nl").startswith(start)
        # one instrument has nothing to be weighed against
        assert ("geen enkel instrument" in mix.prose("nl")) == (number > 1)
    else:
        assert mix.prose("nl") == "De mix telt geen instrumenten."


def test_the_json_of_scores(make_case, instruments, study):
    instruments["e"] = {
        **instruments["e"],
        "evidence": {"x": study(threats={"attrition": "not handled"})},
    }
    scores = score_case(make_case(instruments))
    found = json.loads(json.dumps(scores.as_json("en")))
    assert set(found) == {"case", "ladder", "instruments", "mix"}
    assert found["ladder"]["name"] == "effectladder"
    assert found["ladder"]["edition"].startswith("evalkit profile")
    promised = {"id", "name", "level", "label", "direction", "reasons", "caps", "next_step"}
    for verdict in found["instruments"]:
        assert promised <= set(verdict)
        assert isinstance(verdict["level"], int)
        assert isinstance(verdict["next_step"], str)
        for reason in verdict["reasons"] + verdict["caps"]:
            assert set(reason) == {"rule", "text", "evidence"}
    (cap,) = found["instruments"][4]["caps"]
    assert cap["evidence"] == ["x"]
    assert cap["text"].startswith("Attrition")


def test_scores_survive_json(make_case, instruments):
    scores = score_case(make_case(instruments))
    assert Scores.from_json(scores.to_json()) == scores


def test_scores_show_themselves(make_case, instruments):
    instruments["a"]["name"] = "<b>"
    scores = score_case(make_case(instruments))
    assert "&lt;b&gt;" in scores._repr_html_()
    assert "&lt;b&gt;" in scores["a"]._repr_html_()
    assert "rung 1, potential;" in scores.summary("en")
    with pytest.raises(KeyError):
        scores["z"]


def test_the_mix_names_itself_in_a_line(make_case, instruments):
    mix = score_case(make_case(instruments)).mix
    assert repr(mix) == f"MixVerdict({mix.total} instruments, most on {list(mix.modes)})"
    assert len(repr(mix)) < 80
