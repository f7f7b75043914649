"""The secret of a project: what signs cookies and tokens; it outlives every restart."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from asklearn.core.errors import InputError, StorageError

NAME = "secret"
BYTES = 32


def project_secret(folder: Path) -> bytes:
    """The project's secret; made on first use, readable by its owner only.

    Two processes that make it at once end up with the same one: it is written aside and linked into
    place, and whoever comes second reads what is there.

    Raises
    ------
    StorageError
        When it can be neither read nor written.
    InputError
        When the file holds something else.
    """
    path = folder / NAME
    try:
        if not path.exists():
            _place(path, secrets.token_hex(BYTES))
        _tighten(path)
        text = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as error:
        raise StorageError(
            f"The secret that signs cookies, {path}, cannot be used: {error.strerror}."
        ) from error
    return _parsed(text, path)


def _place(path: Path, text: str) -> None:
    aside = path.with_name(f".{NAME}-{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first; its secret counts
            os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _tighten(path: Path) -> None:
    # a copied folder often loses the mode; a secret that others read signs for others
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)


def _parsed(text: str, path: Path) -> bytes:
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) < BYTES:
        raise InputError(
            f"{path} does not hold a secret of {BYTES} bytes in hexadecimal; "
            "delete it, and a new one is made (everyone then opens a fresh link once)."
        )
    return secret
