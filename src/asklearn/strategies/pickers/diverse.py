"""Typical items of every corner of the pool that nobody has labelled yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.randomness import derive_key
from asklearn.core.records import Draw, Reason
from asklearn.core.view import Column, Embedding, Picks, View
from asklearn.strategies.kernels.kmeans import kmeans, nearest
from asklearn.strategies.kernels.top import first_by_key
from asklearn.strategies.kernels.vectors import dense_rows
from asklearn.strategies.parts import Picker, Scores


@dataclass(frozen=True, repr=False)
class Diverse(Picker):
    """Pick the centre of each region that has no label yet; needs no model.

    A random sample of the candidates is cut by k-means into as many clusters as there are labelled and
    pending items and picks (at most ``clusters``); the clusters with the fewest of those come first, the
    largest of them before the others, and of each the candidate nearest to its centre is picked.

    Parameters
    ----------
    sample : int
        How many candidates are looked at, at least as many as are picked.
    clusters : int
        Most clusters.

    References
    ----------
    Hacohen, Dekel and Weinshall, 2022, "Active learning on a budget: opposite strategies suit high and
    low budgets" (TypiClust), which picks the densest of each cluster instead of the most central.

    Examples
    --------
    >>> X = [[0.0], [0.1], [0.2], [5.0], [5.1], [9.0]]
    >>> sorted(Diverse().pick_from(embedding=X, n=3).positions.tolist())[0::2]
    [1, 5]
    >>> Diverse().pick_from(embedding=X, labelled_embedding=[[0.1], [5.0]], labels=[0, 1]).positions.tolist()
    [5]
    """

    name: ClassVar[str] = "diverse"
    regime: ClassVar[str] = "the first labels, before there is a model"
    cost: ClassVar[str] = "O(s·k·d), s = sample, k = labels + n, at most clusters"
    reference: ClassVar[str] = "after Hacohen et al. 2022 (TypiClust)"
    by_score: ClassVar[bool] = False

    sample: int = 2_000
    clusters: int = 500

    def __post_init__(self) -> None:
        if self.sample < 1 or self.clusters < 1:
            raise InputError(f"sample and clusters are at least 1; got {self!r}.")

    @property
    def needs(self) -> frozenset[Column]:
        """Vectors of the candidates; those of labelled items are read when they are there."""
        return frozenset({Embedding()})

    def pick(self, view: View, scores: Scores, n: int, key: int) -> Picks:
        """The most central candidates, those of uncovered and large clusters first."""
        everyone = np.arange(len(view), dtype=np.int64)
        seen = first_by_key(everyone, view.keys, max(self.sample, n), key)
        vectors = dense_rows(view.take(seen).column(Embedding()))
        around = [dense_rows(part) for part in view.around(Embedding())]
        k = min(sum(map(len, around)) + n, max(self.clusters, n), self.sample)
        found = kmeans(vectors[: self.sample], k, derive_key(key, "k-means"))
        member, distance = nearest(vectors, found.centres)
        covered = np.zeros(len(found.centres), dtype=np.int64)
        for part in around:
            covered += np.bincount(nearest(part, found.centres)[0], minlength=len(covered))
        chosen = central(member, distance, covered, n)
        kind = "diverse" if around else "cold"
        sizes = np.bincount(member, minlength=len(covered))
        reasons = tuple(Reason(kind=kind, figures={"similar": float(sizes[member[one]])}) for one in chosen)
        return Picks(seen[chosen], np.full(len(chosen), np.nan), reasons, (Draw(),) * len(chosen))


def central(
    member: NDArray[np.int64], distance: NDArray[np.float32], covered: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    """N rows: always of the least covered cluster, of those the largest, and of it the most central.

    Parameters
    ----------
    member, distance : ndarray of shape (N,)
        Each row's cluster, and how far it is from the centre.
    covered : ndarray of shape (k,)
        How many labels each cluster has.
    """
    order = np.lexsort((distance, member))
    clusters, starts, sizes = np.unique(member[order], return_index=True, return_counts=True)
    within = np.arange(len(order)) - np.repeat(starts, sizes)
    level = np.repeat(covered[clusters], sizes) + within
    # The j-th pick of a cluster comes when every other cluster has reached covered + j.
    turn = np.lexsort((np.repeat(clusters, sizes), -np.repeat(sizes, sizes), level))
    picked: NDArray[np.int64] = order[turn[:n]]
    return picked
