"""The first labels: the centre of each region that has none yet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from asklearn.core.ids import hash_ids
from asklearn.core.view import Embedding, View
from asklearn.strategies import Diverse, pick
from asklearn.strategies.pickers.diverse import central


def regions(n=60, k=5, seed=0):
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(k, 4)) * 20
    return (centres[np.arange(n) % k] + rng.normal(size=(n, 4))).astype(np.float32)


def test_a_first_batch_visits_every_region():
    picks = pick("diverse", embedding=regions(), n=5)
    assert {one % 5 for one in picks.positions.tolist()} == set(range(5))
    assert {reason.kind for reason in picks.reasons} == {"cold"}
    assert picks.sentences[0] == "Asked to see every corner of the pool first."


def test_labelled_regions_come_last():
    X = regions()
    picks = pick("diverse", embedding=X, labelled_embedding=X[:3], labels=[0, 1, 2], n=2)
    assert {one % 5 for one in picks.positions.tolist()} == {3, 4}
    assert {reason.kind for reason in picks.reasons} == {"diverse"}


def test_pending_items_count_as_labelled():
    X = regions()
    view = View.of_arrays({Embedding(): X}, keys=hash_ids(map(str, range(60))))
    left = np.arange(3, 60)
    picks, _ = Diverse().select(replace(view.take(left), pending=np.arange(3)), 2, key=0, memory={})
    assert {one % 5 for one in left[picks.positions].tolist()} == {3, 4}


def test_a_pick_is_typical_of_its_region():
    X = np.concatenate([np.linspace(0, 1, 11), [50.0]])[:, None]
    assert pick("diverse", embedding=X, n=2).positions.tolist() == [5, 11]


def test_more_picks_than_clusters_go_round_the_clusters():
    picks = Diverse(clusters=5).pick_from(embedding=regions(), n=60)
    assert sorted(picks.positions.tolist()) == list(range(60))


def test_a_large_pool_is_looked_at_through_a_sample():
    X = np.random.default_rng(0).normal(size=(30_000, 4)).astype(np.float32)
    picks = Diverse(sample=200).pick_from(embedding=X, n=8)
    assert len(set(picks.positions.tolist())) == 8


@given(
    some.lists(some.tuples(some.integers(0, 4), some.floats(0, 1, width=32)), min_size=1, max_size=30),
    some.lists(some.integers(0, 3), min_size=5, max_size=5),
    some.integers(0, 35),
)
def test_central_takes_turns(rows, covered, n):
    member = np.array([one for one, _ in rows])
    distance = np.array([one for _, one in rows], dtype=np.float32)
    chosen = central(member, distance, np.array(covered), n).tolist()
    assert chosen == one_by_one(member, distance, list(covered), n)


def one_by_one(member, distance, covered, n):
    """The same, as its docstring says it."""
    size = np.bincount(member, minlength=len(covered))
    left = sorted(range(len(member)), key=lambda row: (distance[row], row))
    chosen = []
    while left and len(chosen) < n:
        clusters = {int(member[row]) for row in left}
        next_one = min(clusters, key=lambda c: (covered[c], -size[c], c))
        row = next(row for row in left if member[row] == next_one)
        left.remove(row)
        chosen.append(row)
        covered[next_one] += 1
    return chosen
