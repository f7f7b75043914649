"""How many answers are worth a new model."""

from __future__ import annotations

FEWEST = 10
MOST = 200


def retrain_after(labels: int) -> int:
    """New answers after which to retrain: a tenth of the labels, at least 10, at most 200."""
    return max(FEWEST, min(labels // 10, MOST))
