"""Figures as people read them, always with what they rest on."""

from __future__ import annotations

from datetime import datetime

from asklearn.core.clock import SECOND
from asklearn.core.records import Observation

BASES = {
    "cross-validation": "by cross-validation",
    "slice": "on the random slice",
    "truth": "against the known truth",
    "stop set": "on the stop set",
    "pool": "over the pool",
}


def say_observation(one: Observation) -> str:
    """Such as ``accuracy 0.86 (0.81 to 0.90), by cross-validation on 120 items``."""
    interval = "" if one.low is None or one.high is None else f" ({one.low:.2f} to {one.high:.2f})"
    items = "" if one.n is None else f", {one.n} items"
    return f"{one.name} {one.value:.2f}{interval}, {BASES.get(one.basis, one.basis)}{items}"


def short(one: Observation | None) -> str:
    """The figure with its interval, for a cell of a table."""
    if one is None:
        return "–"
    return f"{one.value:.2f}" + (
        "" if one.low is None or one.high is None else f" ({one.low:.2f}–{one.high:.2f})"
    )


def local_time(at: int) -> str:
    """A time in microseconds as the wall clock of this machine shows it."""
    return datetime.fromtimestamp(at / SECOND).astimezone().strftime("%Y-%m-%d %H:%M")
