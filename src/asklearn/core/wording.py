"""Sentences made at the edge from records; the only place where a reason becomes words."""

from __future__ import annotations

from collections.abc import Sequence

from asklearn.core.records import Reason


def percent(p: float) -> str:
    """A probability as a person reads it: ``46 %``, with a narrow no-break space."""
    return f"{round(p * 100)}\u202f%"


def say_reason(reason: Reason, classes: Sequence[str] = ()) -> str:
    """The one-line sentence of why an item is asked.

    Parameters
    ----------
    reason : Reason
    classes : sequence of str
        Names in the task's class order; without them classes are called by position.
    """

    def name(position: int) -> str:
        return classes[position] if position < len(classes) else f"class {position}"

    figures = reason.figures
    match reason.kind:
        case "margin" if len(reason.classes) == 2:
            one, two = reason.classes
            return (
                f"Asked because the model cannot decide between {name(one)} ({percent(figures['p1'])}) "
                f"and {name(two)} ({percent(figures['p2'])})."
            )
        case "entropy":
            return "Asked because the model spreads its belief over many labels."
        case "least-confidence" if reason.classes:
            return (
                f"Asked because even the best guess, {name(reason.classes[0])}, "
                f"gets only {percent(figures['p1'])}."
            )
        case "diverse":
            return "Asked because nothing labelled so far reads like it."
        case "density":
            return f"Asked because it stands for {round(figures['similar'])} similar items in the pool."
        case "cold":
            return "Asked to see every corner of the pool first."
        case "slice":
            return "Asked at random, to keep the score honest. No suggestion is shown."
        case "random":
            return "Asked at random."
        case "manual":
            return "Brought in by hand: trains the model, and is never counted as random."
        case "undone":
            return "Asked again because its answer was taken back."
        case _:
            return f"Asked by {reason.kind}."
