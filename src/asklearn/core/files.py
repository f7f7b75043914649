"""Files that are whole or absent, and a disk's refusals in one sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from asklearn.core.errors import StorageError

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and try again.",
    errno.EDQUOT: "the disk quota is used up; free some space and try again.",
    errno.EROFS: "the disk is read-only.",
    errno.EACCES: "it may not be written or read by this user; check its permissions.",
    errno.EPERM: "it may not be written or read by this user; check its permissions.",
    errno.EFBIG: "the file may not grow any larger on this disk.",
    errno.ENOENT: "the folder or file is not there.",
    errno.EISDIR: "it is a folder, not a file.",
    errno.ENOTDIR: "a file stands where a folder should be.",
    errno.EIO: "the disk reports an error; its data may be damaged.",
}


@contextlib.contextmanager
def storage_errors(path: str | os.PathLike[str], doing: str = "write") -> Iterator[None]:
    """Turn an OSError within the block into a StorageError of one sentence."""
    try:
        yield
    except StorageError:
        raise
    except OSError as error:
        said = _ADVICE.get(error.errno or 0) or f"{error.strerror or error}."
        raise StorageError(f"Cannot {doing} {os.fspath(path)}: {said}") from error


@contextlib.contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A temporary path beside ``path``; when the block ends well it takes the place of ``path``.

    Whoever is killed half-way leaves the old file, or none, and perhaps a ``.tmp-…`` beside it.

    Raises
    ------
    StorageError
        When the disk refuses.
    """
    target = Path(path)
    temporary = target.with_name(f".tmp-{secrets.token_hex(4)}-{target.name}")
    with storage_errors(target):
        try:
            yield temporary
            sync_file(temporary)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file so that it is there whole, or as it was before."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def sync_file(path: str | os.PathLike[str]) -> None:
    """Wait until the file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Wait until the folder's names are on the disk; systems that cannot are left alone."""
    with contextlib.suppress(OSError):
        sync_file(folder)
