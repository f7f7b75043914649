"""Stop when the budget is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asklearn.core.errors import InputError
from asklearn.core.records import Round, Verdict
from asklearn.stopping.rule import Rule


@dataclass(frozen=True)
class Budget(Rule):
    """Stop at a number of labels.

    Parameters
    ----------
    labels : int
        How many labels there is money or time for.

    Examples
    --------
    >>> Budget(labels=400).judge([], labels=400).state
    'stop'
    """

    labels: int
    name = "budget"

    def __post_init__(self) -> None:
        if self.labels < 1:
            raise InputError(f"Budget(labels=…) must be at least 1, but got {self.labels}.")

    def judge(self, rounds: Sequence[Round], labels: int) -> Verdict:
        """*stop* once the labels are spent, else *continue*."""
        evidence = {"rule": self.name, "labels": labels, "budget": self.labels}
        if labels >= self.labels:
            return Verdict(
                state="stop", sentence=f"The budget of {self.labels:,} labels is spent.", evidence=evidence
            )
        left = self.labels - labels
        return Verdict(
            state="continue",
            sentence=f"Keep going: {left:,} of {self.labels:,} labels are left to give.",
            evidence=evidence,
        )
