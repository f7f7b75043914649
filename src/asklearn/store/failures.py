"""What the database says, as one sentence for a person."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from asklearn.core.errors import StorageError

_SENTENCES = {
    "SQLITE_FULL": "The disk is full: nothing was written to {place}, and what was there is whole; "
    "free some space and try again.",
    "SQLITE_READONLY": "{place} cannot be written: the folder or file is read-only; "
    "change its permissions or copy the project elsewhere.",
    "SQLITE_CANTOPEN": "{place} cannot be opened: the folder is missing, read-only or not yours; "
    "check its path and permissions.",
    "SQLITE_CORRUPT": "{place} is damaged; put a backup in its place (asklearn backup makes them).",
    "SQLITE_NOTADB": "{place} is damaged or no store of asklearn; put a backup in its place.",
    "SQLITE_BUSY": "{place} is held by another program that writes to it; close that program and try again.",
    "SQLITE_IOERR": "{place} cannot be read or written ({detail}): the disk is full or failing; "
    "nothing was written.",
    "SQLITE_NOMEM": "There is not enough memory to write to {place}.",
}
_ERRNO = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EFBIG: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_READONLY",
    errno.EPERM: "SQLITE_READONLY",
}


def storage_error(error: sqlite3.Error | OSError, place: str) -> StorageError | None:
    """The sentence for a failure of disk or file; None when it is something else."""
    if isinstance(error, OSError):
        name = _ERRNO.get(error.errno or 0, "SQLITE_CANTOPEN")
    else:
        name = getattr(error, "sqlite_errorname", None) or ""
    family = "_".join(name.split("_")[:2])
    if family not in _SENTENCES:
        return None
    return StorageError(_SENTENCES[family].format(place=place, detail=name))


@contextmanager
def storage_errors(place: str) -> Iterator[None]:
    """Turn failures of disk, file and lock inside into `StorageError`."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and (found := storage_error(error.orig, place)):
            raise found from error
        raise
    except PoolTimeout as error:
        raise StorageError(f"Too many readers wait for {place}; try again in a moment.") from error
    except (sqlite3.Error, OSError) as error:
        if not isinstance(error, StorageError) and (found := storage_error(error, place)):
            raise found from error
        raise
