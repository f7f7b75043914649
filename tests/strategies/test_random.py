"""At random: with the probabilities said."""

from __future__ import annotations

import numpy as np
import pytest

from asklearn.strategies import Margin, Random, Top, pick


def test_every_draw_says_its_probabilities():
    picks = Random().pick_from(ids=list("abcdefgh"), n=3)
    assert [draw.q for draw in picks.draws] == pytest.approx([1 / 8, 1 / 7, 1 / 6])
    assert [draw.pi for draw in picks.draws] == pytest.approx([3 / 8] * 3)


def test_all_pairs_come_about_equally_often():
    counts: dict[frozenset[int], int] = {}
    for seed in range(6_000):
        pair = frozenset(pick("random", ids=list("abcd"), n=2, seed=seed).positions.tolist())
        counts[pair] = counts.get(pair, 0) + 1
    assert len(counts) == 6
    chi_square = sum((count - 1_000) ** 2 / 1_000 for count in counts.values())
    assert chi_square < 20.5  # 0.1 % of five degrees of freedom


def test_a_seed_is_a_shuffle_of_the_ids_and_not_of_the_rows():
    ids = [str(one) for one in range(30)]
    there = [ids[at] for at in pick("random", ids=ids, n=6, seed=4).positions]
    back = ids[::-1]
    assert [back[at] for at in pick("random", ids=back, n=6, seed=4).positions] == there


def test_behind_a_filter_the_probabilities_are_not_those_of_the_pool_and_are_dropped():
    picks = (Margin() | Top(n=5) | Random()).pick_from(proba=np.full((20, 2), 0.5), n=2)
    assert [(draw.q, draw.pi) for draw in picks.draws] == [(None, None)] * 2
