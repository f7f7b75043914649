"""Every strategy keeps the contract, alone and composed, and is reachable by name."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from asklearn import strategies
from asklearn.strategies import (
    PARTS,
    STRATEGIES,
    Diverse,
    Entropy,
    Margin,
    OnePerCluster,
    Part,
    Random,
    Top,
    mix,
    strategy,
)
from asklearn.testing import check_strategy

COMPOSED = [
    Margin() | Top(n=20) | OnePerCluster(),
    Margin() | Top(n=30) | Entropy(),
    Entropy() | Top(per_pick=2) | Random(),
    Diverse(sample=5, clusters=2),
    mix(Margin(), Random(), Diverse(), weights=[5, 2, 3]),
    mix(Margin() | Top(n=20) | OnePerCluster(), strategy("auto")),
]


@pytest.mark.parametrize("name", list(STRATEGIES))
def test_every_named_strategy_keeps_the_contract(name):
    check_strategy(strategy(name))


@pytest.mark.parametrize("composed", COMPOSED, ids=repr)
def test_compositions_keep_it_too(composed):
    check_strategy(composed)


@pytest.mark.parametrize("name", list(STRATEGIES))
@settings(max_examples=30, deadline=None)
@given(
    rows=some.lists(some.tuples(some.integers(0, 3), some.integers(0, 2)), min_size=1, max_size=30),
    labels=some.lists(some.integers(0, 2), max_size=15),
    n=some.integers(1, 35),
    seed=some.integers(0, 9),
    data=some.data(),
)
def test_any_pool_full_of_duplicates_in_any_order(name, rows, labels, n, seed, data):
    weight, place = np.array(rows, dtype=np.float64).T
    P = np.stack([1 + weight, 2 - weight / 2, np.ones(len(rows))], axis=1)
    P /= P.sum(axis=1, keepdims=True)
    X = place[:, None]
    ids = np.array([f"item {one}" for one in range(len(rows))])
    order = np.array(data.draw(some.permutations(range(len(rows)))))

    def picked(at):
        found = strategy(name).pick_from(
            proba=P[at],
            decision=P[at],
            embedding=X[at],
            labels=labels,
            labelled_embedding=X[:1].repeat(len(labels), 0),
            n=n,
            seed=seed,
            ids=ids[at],
        )
        return ids[at][found.positions].tolist()

    there = picked(np.arange(len(rows)))
    assert len(set(there)) == len(there) == min(n, len(rows))
    assert picked(order) == there


def every_part() -> list[type[Part]]:
    for module in pkgutil.walk_packages(strategies.__path__, "asklearn.strategies."):
        importlib.import_module(module.name)
    found, seen = [], [Part]
    while seen:
        kind = seen.pop()
        seen += kind.__subclasses__()
        if kind.__module__.startswith("asklearn.strategies.") and kind.name:
            found.append(kind)
    return found


def test_every_class_with_a_name_is_in_the_catalogue_and_exported():
    kinds = every_part()
    assert {kind.name for kind in kinds} == {*STRATEGIES, *PARTS}
    assert {kind.__name__ for kind in kinds} <= set(strategies.__all__)


@pytest.mark.parametrize("kind", every_part(), ids=lambda kind: kind.__name__)
def test_every_class_has_a_docstring_with_an_example(kind):
    assert kind.__doc__
    assert ">>>" in kind.__doc__ or kind.__name__ == "Mix", f"{kind.__name__} has no example"


@pytest.mark.parametrize("name", list(STRATEGIES))
def test_every_named_strategy_says_when_it_is_right_what_it_costs_and_whose_it_is(name):
    one = strategy(name)
    assert one.regime
    assert one.cost
    assert one.reference


@pytest.mark.parametrize("part", [*COMPOSED, *(strategy(name) for name in STRATEGIES)], ids=repr)
def test_a_repr_is_the_configuration(part):
    assert eval(repr(part), vars(strategies)) == part
