"""What all rules share: combination and configuration."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from asklearn.core.errors import SettingsError
from asklearn.core.records import Round, Verdict
from asklearn.core.registry import Registry

if TYPE_CHECKING:
    from asklearn.stopping import combine

RULES = Registry(
    "stopping rule",
    "asklearn.rules",
    {
        "stable": "asklearn.stopping.stable:Stable",
        "budget": "asklearn.stopping.budget:Budget",
        "any": "asklearn.stopping.combine:Any",
        "all": "asklearn.stopping.combine:All",
    },
)


class Rule(ABC):
    """A stopping rule; subclasses are frozen dataclasses of their configuration."""

    name: ClassVar[str]

    @property
    def needs(self) -> frozenset[str]:
        """Names of the observations that it reads."""
        return frozenset()

    @abstractmethod
    def judge(self, rounds: Sequence[Round], labels: int) -> Verdict:
        """The verdict after these rounds, with ``labels`` labels in all."""

    def __or__(self, other: Rule) -> combine.Any:
        from asklearn.stopping.combine import Any as AnyOf

        return AnyOf((self, other))

    def __and__(self, other: Rule) -> combine.All:
        from asklearn.stopping.combine import All as AllOf

        return AllOf((self, other))

    def to_json(self) -> dict[str, Any]:
        """``{"rule": name, …configuration}``."""
        return {"rule": self.name, **(asdict(cast("Any", self)) if is_dataclass(self) else {})}


def from_json(data: Mapping[str, Any]) -> Rule:
    """A rule from its configuration.

    Raises
    ------
    UnknownName
        When no rule has that name.
    SettingsError
        When an option is unknown or its value is wrong.
    """
    options = {name: value for name, value in data.items() if name != "rule"}
    if "rule" not in data:
        raise SettingsError(f'A stopping rule needs its name, such as rule = "stable"; got {dict(data)!r}.')
    build = RULES.get(str(data["rule"]))
    if "rules" in options:
        return cast("Rule", build(tuple(from_json(one) for one in options["rules"])))
    try:
        return cast("Rule", build(**options))
    except TypeError as error:
        raise SettingsError(
            f"The stopping rule {data['rule']!r} does not take these options: {error}."
        ) from None
