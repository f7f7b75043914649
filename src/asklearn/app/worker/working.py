"""`work`: the worker's life, from taking the project's one place for workers to giving it back."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asklearn.app.holding import held
from asklearn.app.worker.lifeline import Lifeline, lifeline
from asklearn.app.worker.rounds import Worker
from asklearn.core.errors import Conflict
from asklearn.core.ids import new_key
from asklearn.core.protocols import Store
from asklearn.project import Project

LOCK = "worker.lock"
LEASE = "worker"
LEASE_SECONDS = 30.0
NICENESS = 10


def work(folder: str | Path, *, tied: bool = False, once: bool = False) -> None:
    """Encode, train and rank for a project until SIGTERM or Ctrl-C.

    A second worker of a project waits until the first one ends, and then takes over.

    Parameters
    ----------
    folder : str or Path
        The project's.
    tied : bool
        Also end when standard input closes, as it does when the server that started it dies.
    once : bool
        Do what is due now, then end.

    Raises
    ------
    Conflict
        With ``once``, when a worker runs for the project already.
    AsklearnError
        When the project cannot be opened.
    """
    with (
        lifeline(tied=tied) as line,
        Project.open(folder) as project,
        _one_worker(Path(folder), line, patient=not once) as mine,
    ):
        if not mine:
            if once:
                raise Conflict("A worker runs for this project already; it does what is due.")
            return
        with _one_thread_on_small_machines(), _heartbeat(project.store):
            worker = Worker(project, line)
            worker.rank_first()  # somebody waits for the first question: that is not done humbly
            _be_humble()
            worker.until_done() if once else worker.until_ended()


@contextmanager
def _one_worker(folder: Path, line: Lifeline, *, patient: bool) -> Iterator[bool]:
    while not line.ended():
        with held(folder / LOCK) as file:
            if file is not None:
                yield True
                return
        if not patient:
            break
        line.sleep(1.0)
    yield False


def _be_humble() -> None:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICENESS)


@contextmanager
def _one_thread_on_small_machines() -> Iterator[None]:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=max(1, (os.cpu_count() or 1) // 4)):
        yield


@contextmanager
def _heartbeat(store: Store) -> Iterator[None]:
    """Hold a lease in the store, so that `status` anywhere can say that a worker lives."""
    holder = f"{os.getpid()}:{new_key()}"
    stop = threading.Event()

    def beat() -> None:
        while not stop.is_set():
            # a store that is busy or full now is asked again; the lease outlasts two misses
            with contextlib.suppress(OSError):
                store.lease(LEASE, holder, seconds=LEASE_SECONDS)
            stop.wait(LEASE_SECONDS / 3)

    thread = threading.Thread(target=beat, name="asklearn-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1.0)
        with contextlib.suppress(OSError):
            store.end_lease(LEASE, holder)
