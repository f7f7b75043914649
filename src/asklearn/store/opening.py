"""Which store a folder or URL means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from asklearn.core.errors import InputError

if TYPE_CHECKING:
    from asklearn.core.protocols import Store

FILE_NAME = "store.db"


def open_store(where: str | os.PathLike[str]) -> Store:
    """Open the store of a project folder or URL, making it when missing.

    Parameters
    ----------
    where : str or path-like
        A project's folder (then ``store.db`` in it), ``sqlite:///path/to/file.db`` or ``memory:``.

    Raises
    ------
    InputError
        When no store answers to the URL.
    StorageError, VersionMismatch
        See `asklearn.store.SqliteStore`.
    """
    scheme, mark, rest = os.fspath(where).partition("://")
    if not mark and scheme != "memory:":
        from asklearn.store.sqlite import SqliteStore

        return SqliteStore(Path(where) / FILE_NAME)
    return _by_scheme(scheme.removesuffix(":"), rest)


def _by_scheme(scheme: str, rest: str) -> Store:
    if scheme == "memory":
        from asklearn.store.memory import MemoryStore

        return MemoryStore()
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        from asklearn.store.sqlite import SqliteStore

        return SqliteStore(rest[1:])
    raise InputError(
        f"There is no store for {scheme}://{rest}; give a folder, sqlite:///FILE or memory: instead."
    )
