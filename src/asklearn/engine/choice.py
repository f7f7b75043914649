"""The executor of that name."""

from __future__ import annotations

import os

from asklearn.core.errors import UnknownName
from asklearn.core.protocols import Executor
from asklearn.engine.serial import Serial
from asklearn.engine.threads import Threads


def executor(name: str = "auto", *, workers: int | None = None) -> Executor:
    """Who runs parts.

    Parameters
    ----------
    name : str
        ``"auto"``: threads where there is more than one processor; ``"serial"``; ``"threads"``.
    workers : int, optional
        How many threads; as many as this process may use processors by default.

    Raises
    ------
    UnknownName
        On another name; names the nearest.

    Examples
    --------
    >>> executor("serial")
    Serial()
    >>> executor("auto", workers=4)
    Threads(workers=4)
    """
    count = processors() if workers is None else workers
    if name == "auto":
        return Threads(count) if count > 1 else Serial()
    if name == "serial":
        return Serial()
    if name == "threads":
        return Threads(count)
    raise UnknownName("executor", name, ["auto", "serial", "threads"])


def processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
