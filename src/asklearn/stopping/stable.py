"""Stop when successive models no longer change their minds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asklearn.core.errors import InputError
from asklearn.core.records import Round, Verdict
from asklearn.stopping.rule import Rule


@dataclass(frozen=True)
class Stable(Rule):
    """Stabilizing predictions (Bloodgood and Vijay-Shanker, 2009).

    Successive models answer the same stop set of frozen random items; when their agreement (Cohen's κ)
    has been at least ``kappa`` for ``patience`` models in a row, more labels change little.

    Parameters
    ----------
    patience : int
        Models in a row.
    kappa : float
        Least agreement of each with the one before it.
    """

    patience: int = 3
    kappa: float = 0.99
    name = "stable"

    def __post_init__(self) -> None:
        if self.patience < 1:
            raise InputError(f"Stable(patience=…) must be at least 1, but got {self.patience}.")
        if not 0 < self.kappa <= 1:
            raise InputError(f"Stable(kappa=…) must be above 0 and at most 1, but got {self.kappa}.")

    @property
    def needs(self) -> frozenset[str]:
        """Agreement of successive models on the stop set."""
        return frozenset({"kappa"})

    def judge(self, rounds: Sequence[Round], labels: int) -> Verdict:
        """*stop* after ``patience`` stable models, *consider stopping* one before, else *continue*."""
        seen = [o.value for done in rounds if (o := done.observation("kappa", "stop set")) is not None]
        evidence = {"rule": self.name, "kappa": seen[-self.patience :], "threshold": self.kappa}
        if len(seen) < self.patience:
            wanted = self.patience - len(seen)
            return Verdict(
                state="too early to say",
                sentence=f"Too early to say: {wanted} more model{'s' * (wanted > 1)} to compare "
                f"before stability can be judged.",
                evidence=evidence,
            )
        calm = self._calm_models(seen)
        if calm >= self.patience:
            return Verdict(
                state="stop",
                sentence=f"You could stop here: the last {calm} models in a row gave nearly the same answers "
                f"(κ at least {self.kappa:g}).",
                evidence=evidence,
            )
        if calm and calm == self.patience - 1:
            return Verdict(
                state="consider stopping",
                sentence=f"Nearly there: the last {'model' if calm == 1 else f'{calm} models'} gave almost "
                "the same answers as before; one more such model and you could stop.",
                evidence=evidence,
            )
        return Verdict(
            state="continue",
            sentence=f"Keep going: the model still changes its answers (κ {seen[-1]:.2f} between "
            "the last two).",
            evidence=evidence,
        )

    def _calm_models(self, seen: Sequence[float]) -> int:
        calm = 0
        for value in reversed(seen):
            if not value >= self.kappa:
                break
            calm += 1
        return calm
