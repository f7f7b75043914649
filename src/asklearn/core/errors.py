"""Every error asklearn raises on purpose.

::

    AsklearnError
    ├── InputError            a user's mistake: one sentence, what, where, what to do
    │   ├── RowError          one row of a file
    │   ├── UnknownName       a name that is not registered; names the nearest
    │   └── SettingsError     asklearn.toml
    ├── NotFound              no such item, round, project
    ├── Conflict              same key with another body, a lease held by someone else
    ├── NothingToAsk          the pool has nothing left to ask about, and why
    ├── NotReady              too few labels for what was asked
    ├── StorageError          disk full, read-only, network file system, damage
    ├── VersionMismatch       made by a newer asklearn
    └── MissingExtra          an optional dependency, and how to install it
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class AsklearnError(Exception):
    """Base of all errors raised on purpose; its text is one sentence for a person."""

    @property
    def sentence(self) -> str:
        """The message, as shown on the page, in the terminal and in problem details."""
        return str(self)


class InputError(AsklearnError, ValueError):
    """A user's mistake: says what is wrong, where, and what to do."""


class RowError(InputError):
    """One row of a file that cannot be taken.

    Parameters
    ----------
    reason : str
        What is wrong, without the place.
    file : str
        Name of the file.
    line : int
        Line of the file on which the row starts, counted from 1.
    column : str, optional
        Name or number of the column.
    unit : str
        What ``line`` counts: ``"line"``, or ``"row"`` where there are no lines.
    """

    def __init__(
        self, reason: str, *, file: str, line: int, column: str | None = None, unit: str = "line"
    ) -> None:
        where = f"{file}, {unit} {line}" + (f", column {column!r}" if column else "")
        super().__init__(f"{where}: {reason}")
        self.reason, self.file, self.line, self.column = reason, file, line, column


class UnknownName(InputError):
    """A name that nobody registered.

    Parameters
    ----------
    kind : str
        What was looked up, such as ``"strategy"``.
    name : str
        The name given.
    known : iterable of str
        The names there are.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names) or 'none'}."
        super().__init__(f"There is no {kind} called {name!r}; {hint}")
        self.kind, self.name, self.nearest = kind, name, near[0] if near else None


class SettingsError(InputError):
    """The settings file, or a value meant for it, cannot be used."""


class NotFound(AsklearnError, LookupError):
    """No such item, round, query or project."""


class Conflict(AsklearnError):
    """The same key with another body, or something that another process holds."""


class NothingToAsk(AsklearnError):
    """There is nothing to ask about now; the sentence says why and what would help."""


class NotReady(AsklearnError):
    """What was asked for needs labels or a model that are not there yet."""


class StorageError(AsklearnError, OSError):
    """The disk is full, read-only, on a network file system, or what lies there is damaged."""


class VersionMismatch(AsklearnError):
    """The project or file was made by a newer asklearn."""


class MissingExtra(AsklearnError, ImportError):
    """An optional dependency is not installed.

    Parameters
    ----------
    feature : str
        What needs it, in words.
    extra : str
        Name of the extra of asklearn that brings it.
    """

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an optional part: pip install 'asklearn[{extra}]'")
        self.feature, self.extra = feature, extra
