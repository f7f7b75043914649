"""When a worker must end: on SIGTERM or Ctrl-C, or when the server that it is tied to is gone."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

HARD_END_SECONDS = 5.0


class Ended(BaseException):
    """The worker shall end; raised in the main thread, so that leases are given back on the way out."""


class Lifeline:
    """Whether to go on, and a place to sleep that wakes at the end."""

    def __init__(self) -> None:
        self._end = threading.Event()
        self._cut: threading.Timer | None = None

    def ended(self) -> bool:
        """Whether the end was asked for."""
        return self._end.is_set()

    def sleep(self, seconds: float) -> None:
        """Sleep, less when the end comes."""
        self._end.wait(seconds)

    def end(self) -> None:
        """Ask for the end; what hangs longer than a few seconds is cut off."""
        if self._end.is_set():
            return
        self._end.set()
        self._cut = threading.Timer(HARD_END_SECONDS, os._exit, args=(1,))
        self._cut.daemon = True
        self._cut.start()

    def done(self) -> None:
        """The end has come by itself; nothing needs to be cut off."""
        if self._cut is not None:
            self._cut.cancel()


@contextmanager
def lifeline(*, tied: bool) -> Iterator[Lifeline]:
    """Listen to signals while the block runs; ends it quietly.

    Parameters
    ----------
    tied : bool
        Also end when standard input closes: the server holds its other end, and the system closes it
        when the server dies, however it dies. Ctrl-C is then left to the server.
    """
    line = Lifeline()

    def ended(_signal: int, _frame: FrameType | None) -> None:
        line.end()
        raise Ended

    before = _listen({signal.SIGTERM: ended, signal.SIGINT: signal.SIG_IGN if tied else ended})
    if tied:
        threading.Thread(target=_watch_input, args=(line,), name="asklearn-lifeline", daemon=True).start()
    try:
        yield line
    except Ended:
        pass
    finally:
        line.done()
        _listen(before)


def _listen(handlers: Mapping[int, Any]) -> dict[int, Any]:
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.signal(number, handler) for number, handler in handlers.items()}


def _watch_input(line: Lifeline) -> None:
    # the bare descriptor: a thread that waits in sys.stdin holds its lock, and the interpreter could not end
    while os.read(0, 1):
        pass
    line.end()
    if hasattr(signal, "pthread_kill"):
        # to the main thread itself: it may wait where only a signal of its own wakes it
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
