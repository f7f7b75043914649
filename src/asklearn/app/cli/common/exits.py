"""Exit codes, and how an error becomes one of them."""

from __future__ import annotations

from enum import IntEnum

from asklearn.core.errors import (
    AsklearnError,
    Conflict,
    MissingExtra,
    NothingToAsk,
    NotReady,
    StorageError,
    VersionMismatch,
)


class ExitCode(IntEnum):
    """What the shell gets back; part of the interface."""

    OK = 0
    INPUT = 1  # a file, a value or a name that cannot be used
    USAGE = 2  # the command line itself
    STATE = 3  # not possible now: nothing to ask, too few labels, held by another process
    STORAGE = 4  # disk full, read-only, damaged
    INSTALLATION = 5  # a newer asklearn or an optional part is needed
    BUG = 70  # not foreseen; the traceback is in the log
    INTERRUPTED = 130


def exit_code(error: AsklearnError) -> ExitCode:
    """The exit code that an error leads to."""
    if isinstance(error, VersionMismatch | MissingExtra):
        return ExitCode.INSTALLATION
    if isinstance(error, StorageError):
        return ExitCode.STORAGE
    if isinstance(error, NothingToAsk | NotReady | Conflict):
        return ExitCode.STATE
    return ExitCode.INPUT
