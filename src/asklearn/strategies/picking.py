"""One call for a researcher with arrays."""

from __future__ import annotations

from typing import Any

from asklearn.core.view import Picks
from asklearn.strategies.catalogue import strategy as resolve


def pick(
    strategy: Any,
    *,
    proba: Any = None,
    decision: Any = None,
    embedding: Any = None,
    labelled_embedding: Any = None,
    labels: Any = None,
    n: int = 1,
    seed: int = 0,
    ids: Any = None,
    classes: Any = None,
    n_classes: int | None = None,
) -> Picks:
    """Choose which items to label next from plain arrays, with no project.

    Parameters
    ----------
    strategy : str or strategy
        A name such as ``"margin"``, or an object such as ``Margin() | Top(n=500) | OnePerCluster()``.
    proba : array of shape (N, n_classes), optional
        Class probabilities of the unlabelled items, rows summing to one; any float type.
    decision : array of shape (N, n_classes) or (N,), optional
        Decision values.
    embedding : array or sparse matrix of shape (N, d), optional
        A vector for each unlabelled item.
    labelled_embedding : array or sparse matrix of shape (M, d), optional
        The same for the labelled ones.
    labels : sequence of length M, optional
        Their classes: positions from 0, or names listed in ``classes``.
    n : int
        How many to pick; more than there are gives all.
    seed : int
        Same seed, same picks.
    ids : sequence, optional
        Ids of the unlabelled items. Equal scores fall by a hash of the id, so that the picks do not depend
        on the order of the rows; without ids the row number takes their place.
    classes : sequence of str, optional
        Names of the classes, in order, for ``picks.sentences``.
    n_classes : int, optional
        How many classes there are, where nothing else says it.

    Returns
    -------
    Picks
        ``positions`` (rows of the arrays, best first), ``scores``, ``reasons``, ``draws``, ``sentences``.

    Raises
    ------
    InputError
        When the strategy is unknown, lacks an array that it needs, or an array cannot be used.

    Examples
    --------
    >>> import asklearn as al
    >>> P = [[0.98, 0.02], [0.55, 0.45], [0.70, 0.30]]
    >>> al.pick("margin", proba=P, n=2).positions.tolist()
    [1, 2]
    """
    return resolve(strategy).pick_from(
        proba=proba,
        decision=decision,
        embedding=embedding,
        labelled_embedding=labelled_embedding,
        labels=labels,
        n=n,
        seed=seed,
        ids=ids,
        classes=classes,
        n_classes=n_classes,
    )
