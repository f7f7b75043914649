"""Sentences made at the edge from records; the only place where a reason becomes words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from asklearn.core.records import Reason


def percent(p: float) -> str:
    """A probability as a person reads it: ``46 %``, with a narrow no-break space."""
    return f"{round(p * 100)}\u202f%"


_LEANING = 0.75
"""From here on nobody would say that the model cannot decide, even where it is less sure than elsewhere."""

_PLAIN = {
    "entropy": "Asked because the model spreads its belief over many labels.",
    "diverse": "Asked because nothing labelled so far reads like it.",
    "cold": "Asked to see every corner of the pool first.",
    "slice": "Asked at random, to keep the score honest. No suggestion is shown.",
    "random": "Asked at random.",
    "manual": "Brought in by hand: trains the model, and is never counted as random.",
    "undone": "Asked again because its answer was taken back.",
}


def say_reason(
    reason: Reason, classes: Sequence[str] = (), *, name_of: Callable[[str], str] | None = None
) -> str:
    """The one-line sentence of why an item is asked.

    Parameters
    ----------
    reason : Reason
    classes : sequence of str
        Names in the task's class order; without them classes are called by position.
    name_of : callable, optional
        Name of a label id; it goes before the positions where the reason has ids.
    """
    figures = reason.figures
    if reason.labels and name_of is not None:
        names = [name_of(one) for one in reason.labels]
    else:
        names = [classes[one] if one < len(classes) else f"class {one}" for one in reason.classes]
    if reason.kind == "margin" and len(names) == 2 and figures["p1"] >= _LEANING:
        return (
            f"Asked because the model is less sure here than elsewhere: {names[0]} "
            f"({percent(figures['p1'])}), then {names[1]} ({percent(figures['p2'])})."
        )
    if reason.kind == "margin" and len(names) == 2:
        return (
            f"Asked because the model cannot decide between {names[0]} ({percent(figures['p1'])}) "
            f"and {names[1]} ({percent(figures['p2'])})."
        )
    if reason.kind == "decision-margin" and len(names) == 2:
        return f"Asked because the model cannot decide between {names[0]} and {names[1]}."
    if reason.kind == "least-confidence" and names:
        return f"Asked because even the best guess, {names[0]}, gets only {percent(figures['p1'])}."
    if reason.kind == "density":
        return f"Asked because it stands for {round(figures['similar'])} similar items in the pool."
    return _PLAIN.get(reason.kind, f"Asked by {reason.kind}.")
