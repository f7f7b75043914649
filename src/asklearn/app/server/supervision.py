"""Keeps a worker process running beside the server, and ends it with the server."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from asklearn.app.worker.backoff import Backoff

log = logging.getLogger("asklearn.server")

GRACE_SECONDS = 4.0
STEADY_SECONDS = 60.0


class Supervisor:
    """Starts the worker, starts it again when it dies, later and later when it keeps dying.

    The worker reads from a pipe that only this process writes to: when this process ends, however it
    ends, the pipe closes and the worker ends too.

    Parameters
    ----------
    folder : Path
        The project's.
    """

    def __init__(self, folder: Path) -> None:
        self._command = [sys.executable, "-m", "asklearn.app.worker", str(folder), "--tied"]
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="asklearn-supervisor", daemon=True)

    @property
    def pid(self) -> int | None:
        """The worker's process, when there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the worker and watch over it."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker: asked first, then made to."""
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        if self._thread.is_alive():
            self._thread.join(GRACE_SECONDS)

    def _run(self) -> None:
        backoff = Backoff(first=1.0, longest=60.0)
        while not self._stopping.is_set():
            started = time.monotonic()
            with subprocess.Popen(  # noqa: S603 - our own module, our own interpreter
                self._command, stdin=subprocess.PIPE, env=worker_environment()
            ) as process:
                self._process = process
                if self._stopping.is_set():
                    process.terminate()
                code = process.wait()
            if self._stopping.is_set():
                return
            if time.monotonic() - started > STEADY_SECONDS:
                backoff.reset()
            pause = backoff.next()
            log.warning("the worker ended (%s); it starts again in %.0f s", _ending(code), pause)
            self._stopping.wait(pause)


def worker_environment() -> dict[str, str]:
    """The environment with one BLAS thread on small machines, where labelling needs the other cores."""
    threads = str(max(1, (os.cpu_count() or 1) // 4))
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return {**dict.fromkeys(names, threads), **os.environ}


def _ending(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"exit code {code}"
