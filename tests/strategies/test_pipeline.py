"""Pipelines: parts in a row, their configuration, their mistakes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from asklearn.core.errors import InputError
from asklearn.core.ids import hash_ids
from asklearn.core.records import Reason
from asklearn.core.view import BLOCK_ROWS, Embedding, Proba, View
from asklearn.strategies import (
    Best,
    Entropy,
    Margin,
    MarginClusters,
    OnePerCluster,
    Pipeline,
    Random,
    Scorer,
    Top,
    from_json,
)
from asklearn.strategies.pipeline import scored


def test_it_prints_and_comes_back_as_it_was_written():
    pipeline = Margin() | Top(n=5_000) | OnePerCluster()
    assert repr(pipeline) == "Margin() | Top(n=5000) | OnePerCluster()"
    assert from_json(pipeline.to_json()) == pipeline


def test_it_needs_what_its_parts_need():
    assert (Margin() | Top(n=5) | OnePerCluster()).needs == {Proba(), Embedding()}


def test_a_named_method_is_its_parts():
    rng = np.random.default_rng(0)
    P, X = rng.dirichlet([1, 1], 300), rng.normal(size=(300, 4))
    parts = Margin() | Top(per_pick=8) | OnePerCluster()
    same = (parts.pick_from(proba=P, embedding=X, n=9), MarginClusters().pick_from(proba=P, embedding=X, n=9))
    assert same[0].positions.tolist() == same[1].positions.tolist()


def test_pipelines_join():
    assert (Margin() | Top(n=9)) | (Entropy() | Best()) == Margin() | Top(n=9) | Entropy() | Best()


def test_a_later_scorer_scores_what_a_filter_left():
    P = np.array([[0.5, 0.5, 0.0], [0.34, 0.33, 0.33], [0.9, 0.1, 0.0], [0.45, 0.45, 0.1]])
    picks = (Margin() | Top(n=2) | Entropy()).pick_from(proba=P, n=1)
    assert picks.positions.tolist() == [3]
    assert picks.reasons[0].kind == "entropy"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Random() | Margin(), "comes last"),
        (lambda: Top(n=5) | Margin(), "put a scorer before it"),
        (lambda: Pipeline(()), "needs a scorer or a picker"),
        (lambda: Pipeline.of(Best()), "put a scorer before it"),
        (lambda: Margin() | Top(), "one of them and at least 1"),
        (lambda: Margin() | Top(n=5, per_pick=2), "one of them and at least 1"),
        (lambda: Margin() | Top(n=0), "at least 1"),
        (lambda: MarginClusters(per_pick=0), "at least 1"),
    ],
)
def test_what_cannot_work_is_refused_when_it_is_made(make, sentence):
    with pytest.raises(InputError, match=sentence):
        make()


def test_only_parts_can_be_joined():
    with pytest.raises(TypeError):
        Margin() | "top"


@dataclass(frozen=True)
class Share:
    """Sums of probabilities, as a summary of part of a pool."""

    sums: np.ndarray
    blocks: int = 1

    def __add__(self, other: Share) -> Share:
        return Share(self.sums + other.sums, self.blocks + other.blocks)


@dataclass(frozen=True, repr=False)
class Rarest(Scorer):
    """The probability of the class that is rarest over the whole pool."""

    name: ClassVar[str] = "rarest"

    @property
    def needs(self):
        return frozenset({Proba()})

    def summarise(self, view):
        return Share(view.column(Proba()).sum(axis=0, dtype=np.float64))

    def score(self, view, summary):
        assert len(view) <= BLOCK_ROWS
        return view.column(Proba())[:, int(np.argmin(summary.sums))]

    def explain(self, view, scores):
        return tuple(Reason(kind="rarest") for _ in scores)


def test_a_scorer_sees_the_pool_through_summaries_of_its_blocks():
    P = np.random.default_rng(0).dirichlet([8, 4, 0.5], 3 * BLOCK_ROWS + 10)
    picks = Rarest().pick_from(proba=P, n=5)
    assert picks.positions.tolist() == np.argsort(-P[:, 2])[:5].tolist()


class ScoredNaN(Rarest):
    def score(self, view, summary):
        scores = np.zeros(len(view))
        scores[::4] = np.nan
        return scores


def test_a_score_that_is_nan_is_an_error_that_names_the_candidates():
    with pytest.raises(InputError, match=r"scored 5 candidates NaN \(positions 0, 4, 8, …\)"):
        ScoredNaN().pick_from(proba=np.full((20, 2), 0.5))


def test_columns_are_read_in_blocks():
    sizes: Counter[int] = Counter()

    def proba(rows):
        sizes[len(rows)] += 1
        return np.full((len(rows), 2), 0.5, dtype=np.float32)

    n = 2 * BLOCK_ROWS + 7
    view = View(keys=hash_ids(map(str, range(n))), providers={Proba(): proba}, rows=np.arange(n))
    scored(Margin(), view)
    assert sizes == {BLOCK_ROWS: 2, 7: 1}
