"""Names for things that others extend: strategies, learners, rules, encoders, tasks, connectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from asklearn.core.errors import UnknownName


class Registry:
    """Short names to what they build; plug-ins are read only on an unknown name or a listing.

    Parameters
    ----------
    kind : str
        The word used in errors, such as ``"strategy"``.
    group : str
        Entry-point group of plug-ins, such as ``"asklearn.strategies"``.
    builtin : dict of str to str
        Names of our own to ``"module:attribute"``, imported on first use.
    """

    def __init__(self, kind: str, group: str, builtin: dict[str, str]) -> None:
        self.kind, self.group = kind, group
        self._paths = dict(builtin)
        self._added: dict[str, Callable[..., Any]] = {}
        self._plugins_read = False

    def add(self, name: str, build: Callable[..., Any]) -> None:
        """Register a name in this process."""
        self._added[name] = build

    def get(self, name: str) -> Callable[..., Any]:
        """What the name builds.

        Raises
        ------
        UnknownName
            When nobody registered it; names the nearest.
        """
        if name not in self._added and name not in self._paths:
            self._read_plugins()
        if name in self._added:
            return self._added[name]
        if name not in self._paths:
            raise UnknownName(self.kind, name, self)
        module, _, attribute = self._paths[name].partition(":")
        self._added[name] = getattr(import_module(module), attribute)
        return self._added[name]

    def __iter__(self) -> Iterator[str]:
        self._read_plugins()
        return iter(sorted({*self._paths, *self._added}))

    def __contains__(self, name: object) -> bool:
        return name in set(self)

    def _read_plugins(self) -> None:
        if self._plugins_read:
            return
        self._plugins_read = True
        for point in entry_points(group=self.group):
            self._paths.setdefault(point.name, point.value)
