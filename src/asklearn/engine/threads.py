"""Parts side by side in threads; numpy and BLAS let go of the interpreter while they work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from asklearn.core.errors import InputError
from asklearn.engine.blas import one_blas_thread


@dataclass(frozen=True)
class Threads:
    """Runs parts in a few threads; reads only a few parts ahead, so memory does not grow with them.

    Parameters
    ----------
    workers : int
        How many threads.

    Raises
    ------
    InputError
        When there are fewer than one.

    Examples
    --------
    >>> Threads(2).map(len, ["a", "bcd"])
    [1, 3]
    """

    workers: int

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise InputError(f"Threads needs at least one worker; got {self.workers}.")

    def map(self, function: Callable[[Any], Any], parts: Iterable[Any]) -> list[Any]:
        """Results in the order of the parts; the first error of a part ends it."""
        with one_blas_thread(), ThreadPoolExecutor(self.workers) as pool:
            try:
                return list(self._results(pool, function, parts))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _results(
        self, pool: ThreadPoolExecutor, function: Callable[[Any], Any], parts: Iterable[Any]
    ) -> Iterator[Any]:
        ahead: deque[Future[Any]] = deque()
        for part in parts:
            ahead.append(pool.submit(function, part))
            if len(ahead) > 2 * self.workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
