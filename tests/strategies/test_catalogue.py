"""Strategies by name."""

from __future__ import annotations

import pytest

from asklearn.core.errors import InputError, UnknownName
from asklearn.core.view import Decision, Embedding, Proba
from asklearn.strategies import (
    STRATEGIES,
    Margin,
    MarginClusters,
    Random,
    Top,
    check_needs,
    from_json,
    listing,
    strategy,
    workable,
)


def test_a_name_an_object_and_json_all_name_a_strategy():
    assert strategy("margin") == Margin()
    assert strategy(Margin() | Top(n=9)) == Margin() | Top(n=9)
    assert strategy({"name": "margin-clusters", "per_pick": 3}) == MarginClusters(per_pick=3)


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'margin'"):
        strategy("margins")
    with pytest.raises(UnknownName, match="did you mean 'entropy'"):
        from_json({"name": "entropi"})


@pytest.mark.parametrize("what", [7, None, Top(n=5), object(), ["margin"]])
def test_what_is_no_strategy_is_refused(what):
    with pytest.raises(InputError, match="is no strategy"):
        strategy(what)


def test_a_class_is_not_an_object():
    with pytest.raises(InputError, match=r"write Margin\(\)"):
        strategy(Margin)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"per_pick": 3}, "needs its name"),
        ({"name": "margin", "per_pick": 3}, "does not fit the strategy 'margin'"),
        ({"name": "pipeline"}, "does not fit the strategy 'pipeline'"),
        ({"name": "mix", "parts": ["margin"], "weights": ["most"]}, "does not fit the strategy 'mix'"),
        ({"name": "pipeline", "steps": ["margin", 7]}, "does not fit the strategy 'pipeline'"),
        ({"name": "margin-clusters", "per_pick": 0}, "per_pick is at least 1"),
        ({"name": "top", "n": "many"}, "does not fit the strategy 'top'"),
    ],
)
def test_json_that_fits_nothing_is_refused(data, sentence):
    with pytest.raises(InputError, match=sentence):
        from_json(data)


def test_steps_may_be_names():
    assert from_json({"name": "pipeline", "steps": ["margin", {"name": "top", "n": 9}]}) == Margin() | Top(
        n=9
    )


def test_the_listing_says_what_each_needs():
    found = {entry.name: entry for entry in listing()}
    assert set(found) == set(STRATEGIES)
    assert found["margin"].needs == "probabilities"
    assert found["margin-clusters"].needs == "embeddings, probabilities"
    assert found["random"].needs == "nothing"
    assert found["auto"].needs == "decision values if there, embeddings if there, probabilities if there"


def test_a_need_that_nobody_meets_names_strategies_that_would_work():
    check_needs(strategy("margin"), {Proba(), Embedding()})
    with pytest.raises(InputError, match="needs probabilities, which nothing here provides") as caught:
        check_needs(strategy("margin"), {Decision()})
    assert "would work: auto, decision-margin, random." in str(caught.value)
    assert workable({Embedding()}) == ["auto", "diverse", "random"]


def test_one_more_can_be_registered():
    STRATEGIES.add("coin", Random)
    try:
        assert strategy("coin") == Random()
    finally:
        del STRATEGIES._added["coin"]
