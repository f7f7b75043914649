"""Strategies by name: the built-in ones, plug-ins, and the way back from JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from asklearn.core.errors import InputError, UnknownName
from asklearn.core.protocols import Strategy
from asklearn.core.registry import Registry
from asklearn.core.view import Column, Committee, Cost, Decision, Embedding, Proba, Tokens
from asklearn.strategies.parts import Choosing, Part

_HOME = "asklearn.strategies."

#: What chooses by itself: one line for each, in the order of their names.
STRATEGIES = Registry(
    "strategy",
    "asklearn.strategies",
    {
        "auto": _HOME + "policies.auto:Auto",
        "decision-margin": _HOME + "scorers.margin:DecisionMargin",
        "diverse": _HOME + "pickers.diverse:Diverse",
        "entropy": _HOME + "scorers.entropy:Entropy",
        "least-confidence": _HOME + "scorers.least_confidence:LeastConfidence",
        "margin": _HOME + "scorers.margin:Margin",
        "margin-clusters": _HOME + "methods.margin_clusters:MarginClusters",
        "random": _HOME + "pickers.random:Random",
    },
)

#: What strategies are made of.
PARTS = Registry(
    "part of a strategy",
    "asklearn.strategy_parts",
    {
        "best": _HOME + "pickers.best:Best",
        "mix": _HOME + "mixture:Mix",
        "one-per-cluster": _HOME + "pickers.one_per_cluster:OnePerCluster",
        "pipeline": _HOME + "pipeline:Pipeline",
        "top": _HOME + "filters.top:Top",
    },
)

_WORDS: dict[type[Column], str] = {
    Proba: "probabilities",
    Decision: "decision values",
    Embedding: "embeddings",
    Committee: "a committee",
    Tokens: "token probabilities",
    Cost: "costs",
}


def strategy(name: Any) -> Choosing:
    """The strategy of that name, with its defaults; a strategy as it is; or one from its JSON.

    Raises
    ------
    UnknownName
        When no strategy has that name; names the nearest.
    InputError
        On anything that is no strategy.

    Examples
    --------
    >>> strategy("margin")
    Margin()
    >>> strategy({"name": "margin-clusters", "per_pick": 4})
    MarginClusters(per_pick=4)
    """
    if isinstance(name, str):
        return _chooser(STRATEGIES.get(name)())
    if isinstance(name, type):
        raise InputError(f"{name.__name__} is a class; write {name.__name__}().")
    return _chooser(from_json(name) if isinstance(name, Mapping) else name)


def _chooser(found: Any) -> Choosing:
    if not isinstance(found, Choosing):
        raise InputError(
            f"{found!r} is no strategy: give a name such as 'margin', or an object such as Margin()."
        )
    return found


def from_json(data: Mapping[str, Any] | str) -> Part:
    """A strategy or part from what `to_json` gave, or from its name when the defaults serve.

    Raises
    ------
    InputError
        When the name is unknown or the configuration does not fit it.

    Examples
    --------
    >>> from_json({"name": "top", "n": 500})
    Top(n=500)
    """
    configuration = {"name": data} if isinstance(data, str) else dict(data)
    name = configuration.pop("name", None)
    if not isinstance(name, str):
        raise InputError(f"The configuration of a strategy needs its name; got {data!r}.")
    try:
        part: Part = _class_of(name).build(configuration)
    except InputError:
        raise
    except (TypeError, KeyError, ValueError) as error:
        raise InputError(
            f"The configuration {configuration!r} does not fit the strategy {name!r}."
        ) from error
    return part


def _class_of(name: str) -> Any:
    for registry in (STRATEGIES, PARTS):
        if name in registry:
            return registry.get(name)
    raise UnknownName("strategy", name, {*STRATEGIES, *PARTS})


@dataclass(frozen=True, slots=True)
class Entry:
    """One strategy in a listing: when it is right, what it needs, what it costs, who published it."""

    name: str
    regime: str
    needs: str
    cost: str
    reference: str


def listing() -> list[Entry]:
    """All strategies there are, by name, plug-ins included.

    Examples
    --------
    >>> [entry.name for entry in listing()][:3]
    ['auto', 'decision-margin', 'diverse']
    """
    found = []
    for name in STRATEGIES:
        one = strategy(name)
        needs = [say_column(column) for column in sorted(one.needs, key=repr)]
        wants = [f"{say_column(column)} if there" for column in sorted(one.wants, key=repr)]
        found.append(
            Entry(name, one.regime, ", ".join([*needs, *wants]) or "nothing", one.cost, one.reference)
        )
    return found


def say_column(column: Column) -> str:
    """A column as a person calls it."""
    return _WORDS.get(type(column), type(column).__name__.lower())


def workable(columns: Iterable[Column]) -> list[str]:
    """Names of the strategies whose needs these columns meet."""
    there = frozenset(columns)
    return [name for name in STRATEGIES if strategy(name).needs <= there]


def check_needs(chosen: Strategy, columns: Iterable[Column]) -> None:
    """Make sure that a strategy gets what it needs.

    Raises
    ------
    InputError
        When it needs a column that is not among these; names strategies that would work.

    Examples
    --------
    >>> check_needs(strategy("margin"), {Proba()})
    """
    there = frozenset(columns)
    missing = sorted(map(say_column, chosen.needs - there))
    if missing:
        raise InputError(
            f"{chosen!r} needs {' and '.join(missing)}, which nothing here provides; "
            f"these strategies would work: {', '.join(workable(there))}."
        )
