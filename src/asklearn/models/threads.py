"""One thread for small fits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

FEW = 20_000
"""Up to so many training items a fit is a long chain of tiny steps."""


@contextmanager
def threads_for(items: int) -> Iterator[None]:
    """Hold BLAS and OpenMP to one thread while few items are fitted.

    On tiny matrices further threads only wait for each other: on two busy cores the default head took 8 s of
    CPU for 20 labels with two threads, and 0.4 s with one.
    """
    if items > FEW:
        yield
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield
