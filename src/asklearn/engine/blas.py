"""Matrix products in one thread: parts are what runs side by side, and sums keep their order."""

from __future__ import annotations

from typing import Any


def one_blas_thread() -> Any:
    """A context in which BLAS uses one thread, so that an answer never depends on the executor."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(limits=1, user_api="blas")
