"""The best score of each cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key
from asklearn.core.records import Draw
from asklearn.core.view import Column, Embedding, Picks, View
from asklearn.strategies.kernels.kmeans import kmeans
from asklearn.strategies.kernels.top import first_by_key, top
from asklearn.strategies.kernels.vectors import dense_rows
from asklearn.strategies.parts import Picker, Scores


@dataclass(frozen=True, repr=False)
class OnePerCluster(Picker):
    """Cut the candidates into n clusters by k-means and pick the best score of each.

    Put `Top` before it: it reads the vectors of all candidates that are left. The picks come in the order
    of their scores; where clusters are empty (fewer distinct vectors than picks) the best of the rest
    fill the batch.

    References
    ----------
    Zhdanov, 2019, "Diverse mini-batch active learning" (which picks the candidate nearest to each centre).

    Examples
    --------
    >>> from asklearn.strategies import Margin
    >>> P = [[0.5, 0.5], [0.51, 0.49], [0.6, 0.4], [0.7, 0.3]]
    >>> X = [[0.0, 0.0], [0.0, 0.1], [9.0, 9.0], [9.0, 9.1]]
    >>> (Margin() | OnePerCluster()).pick_from(proba=P, embedding=X, n=2).positions.tolist()
    [0, 2]
    """

    name: ClassVar[str] = "one-per-cluster"

    @property
    def needs(self) -> frozenset[Column]:
        """Vectors of the candidates."""
        return frozenset({Embedding()})

    def pick(self, view: View, scores: Scores, n: int, key: int) -> Picks:
        """The best of each cluster, in the order of their scores; then the best of the rest."""
        everyone = np.arange(len(view), dtype=np.int64)
        order = first_by_key(everyone, view.keys, len(view), key)
        vectors = dense_rows(view.take(order).column(Embedding()))
        member = np.empty(len(view), dtype=np.int64)
        member[order] = kmeans(vectors, n, derive_key(key, "k-means")).member
        ranked = top(scores, view.keys, len(view), key)
        positions = _leaders(ranked, member, n)
        return Picks(positions, scores[positions].astype(np.float64), (), (Draw(),) * len(positions))


def _leaders(ranked: NDArray[np.int64], member: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    _, first = np.unique(member[ranked], return_index=True)
    leads = np.zeros(len(ranked), dtype=bool)
    leads[first] = True
    return np.concatenate([ranked[leads], ranked[~leads]])[:n]
