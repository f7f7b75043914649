"""One of each cluster of the lowest margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from asklearn.core.errors import InputError
from asklearn.strategies.filters.top import Top
from asklearn.strategies.parts import Method
from asklearn.strategies.pickers.one_per_cluster import OnePerCluster
from asklearn.strategies.pipeline import Pipeline
from asklearn.strategies.scorers.margin import Margin


@dataclass(frozen=True, repr=False)
class MarginClusters(Method):
    """Ask the lowest margin in each of n clusters of the ``per_pick`` · n lowest margins.

    As good as margin with small batches, and better where a batch would repeat itself: many classes, few
    labels, near duplicates. It differs from Cluster-Margin (Citovsky et al., 2021), which clusters the
    whole pool once, and from Zhdanov (2019), who picks the candidate nearest to each centre.

    Parameters
    ----------
    per_pick : int
        How many candidates are looked at for each pick.

    References
    ----------
    Zhdanov, 2019, "Diverse mini-batch active learning".

    Examples
    --------
    >>> P = [[0.5, 0.5], [0.51, 0.49], [0.6, 0.4], [0.99, 0.01]]
    >>> X = [[0.0, 0.0], [0.0, 0.1], [9.0, 9.0], [5.0, 5.0]]
    >>> MarginClusters().pick_from(proba=P, embedding=X, n=2).positions.tolist()
    [0, 2]
    >>> MarginClusters(per_pick=4).pipeline()
    Margin() | Top(per_pick=4) | OnePerCluster()
    """

    name: ClassVar[str] = "margin-clusters"
    regime: ClassVar[str] = "a trained model and batches; the default once there are some labels"
    cost: ClassVar[str] = "O(N·C + 8·n²·d)"
    reference: ClassVar[str] = "after Zhdanov 2019"

    per_pick: int = 8

    def __post_init__(self) -> None:
        if self.per_pick < 1:
            raise InputError(f"per_pick is at least 1; got {self.per_pick}.")

    def pipeline(self) -> Pipeline:
        """Margin, the lowest of them, one of each cluster."""
        return Margin() | Top(per_pick=self.per_pick) | OnePerCluster()
