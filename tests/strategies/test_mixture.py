"""Sharing a batch by quota."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from asklearn.core.errors import InputError
from asklearn.strategies import Auto, Margin, Random, from_json, mix
from asklearn.strategies.mixture import interleaved

SHARES = some.lists(some.integers(0, 9), min_size=1, max_size=4).filter(any)


@given(SHARES, some.integers(0, 60))
def test_every_beginning_of_a_batch_keeps_the_shares(weights, n):
    turns = interleaved(weights, n)
    for length in range(n + 1):
        given_out = np.bincount(turns[:length], minlength=len(weights))
        assert np.abs(given_out - np.array(weights) / sum(weights) * length).max() < len(weights)
        assert all(count == 0 for count, weight in zip(given_out, weights, strict=True) if weight == 0)


def test_each_part_gets_its_places_and_gives_its_reasons():
    P = np.random.default_rng(0).dirichlet([1, 1], 100)
    picks = mix(Margin(), Random(), weights=[3, 1]).pick_from(proba=P, n=8)
    kinds = [reason.kind for reason in picks.reasons]
    assert sorted(kinds) == ["margin"] * 6 + ["random"] * 2
    assert set(kinds[:4]) == {"margin", "random"}
    assert len(set(picks.positions.tolist())) == 8


def test_an_item_wanted_by_both_is_asked_once():
    P = np.full((6, 2), 0.5)
    picks = mix(Margin(), Margin()).pick_from(proba=P, n=6)
    assert sorted(picks.positions.tolist()) == list(range(6))


def test_probabilities_of_draws_are_dropped():
    picks = mix(Random(), Random()).pick_from(ids=list("abcd"), n=2)
    assert [draw.pi for draw in picks.draws] == [None, None]


def test_each_part_keeps_its_own_memory():
    from asklearn.core.view import View

    view = View.of_arrays({}, keys=np.arange(9, dtype=np.uint64))
    _, memory = mix(Auto(), Random()).select(view, 3, key=0, memory={})
    assert memory == {"0": {"stage": "variety"}, "1": {}}


def test_it_prints_and_comes_back():
    mixed = mix(Margin(), Random(), weights=[0.9, 0.1])
    assert repr(mixed) == "mix(Margin(), Random(), weights=(0.9, 0.1))"
    assert from_json(mixed.to_json()) == mixed


@pytest.mark.parametrize("weights", [[1], [-1, 2], [0, 0], [float("inf"), 1]])
def test_weights_that_say_nothing_are_refused(weights):
    with pytest.raises(InputError, match=r"mix takes|weights of mix"):
        mix(Margin(), Random(), weights=weights)


def test_only_strategies_can_be_mixed():
    with pytest.raises(InputError, match="mix takes strategies"):
        mix("margin", Random())
