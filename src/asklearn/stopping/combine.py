"""Rules joined: any of them, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any as Json

from asklearn.core.records import Round, Verdict, VerdictState
from asklearn.stopping.rule import Rule

_ORDER: tuple[VerdictState, ...] = ("too early to say", "continue", "consider stopping", "stop")


@dataclass(frozen=True)
class _Joined(Rule):
    rules: tuple[Rule, ...]

    @property
    def needs(self) -> frozenset[str]:
        """The union of what the parts read."""
        return frozenset().union(*(rule.needs for rule in self.rules))

    def to_json(self) -> dict[str, Json]:
        """The name and the parts."""
        return {"rule": self.name, "rules": [rule.to_json() for rule in self.rules]}

    def _verdicts(self, rounds: Sequence[Round], labels: int) -> list[Verdict]:
        return [rule.judge(rounds, labels) for rule in self.rules]


@dataclass(frozen=True, repr=False)
class Any(_Joined):
    """Stops as soon as one of its rules does: ``a | b``."""

    name = "any"

    def __repr__(self) -> str:
        return " | ".join(map(repr, self.rules))

    def judge(self, rounds: Sequence[Round], labels: int) -> Verdict:
        """The verdict nearest to stopping, with the evidence of all."""
        verdicts = self._verdicts(rounds, labels)
        best = max(verdicts, key=lambda one: _ORDER.index(one.state))
        if best.state == "continue" and any(one.state == "too early to say" for one in verdicts):
            best = next(one for one in verdicts if one.state == "too early to say")
        return Verdict(state=best.state, sentence=best.sentence, evidence=_evidence(self.name, verdicts))


@dataclass(frozen=True, repr=False)
class All(_Joined):
    """Stops only when all of its rules do: ``a & b``."""

    name = "all"

    def __repr__(self) -> str:
        return " & ".join(f"({rule!r})" if isinstance(rule, Any) else repr(rule) for rule in self.rules)

    def judge(self, rounds: Sequence[Round], labels: int) -> Verdict:
        """The verdict furthest from stopping, with the evidence of all."""
        verdicts = self._verdicts(rounds, labels)
        least = min(verdicts, key=lambda one: _ORDER.index(one.state))
        return Verdict(state=least.state, sentence=least.sentence, evidence=_evidence(self.name, verdicts))


def _evidence(name: str, verdicts: Sequence[Verdict]) -> dict[str, Json]:
    return {
        "rule": name,
        "parts": [{"state": one.state, "sentence": one.sentence, **one.evidence} for one in verdicts],
    }
