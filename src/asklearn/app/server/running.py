"""`serve`: the server and its worker, from start to Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from asklearn.app.server.application import create_app
from asklearn.app.server.gate import Gate
from asklearn.app.server.place import AlreadyServed, Running, only_server
from asklearn.app.server.ports import DEFAULT_PORT, LOOPBACK, listen, names_of, url_of
from asklearn.app.server.secret import project_secret
from asklearn.app.server.supervision import Supervisor
from asklearn.project import Project

GRACE_SECONDS = 2
KEEP_ALIVE_SECONDS = 75
"""Longer than a person reads one item: a connection that closes just then costs the answer a second try."""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that has just begun to answer.

    Attributes
    ----------
    url : str
        Its address.
    link : str
        The address with a one-time token: opens the page in a browser that was never here.
    wanted_port, port : int
        They differ when the wanted one was busy.
    """

    project: str
    url: str
    link: str
    wanted_port: int
    port: int

    @property
    def sentence(self) -> str:
        """What the terminal says."""
        moved = f"Port {self.wanted_port} is busy. " if self.wanted_port not in (0, self.port) else ""
        return f"{moved}{self.project} is served at {self.link} (the link works once; Ctrl-C ends the server)"


def serve(
    path: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = DEFAULT_PORT,
    open_browser: bool = True,
    worker: bool = True,
    ready: Callable[[Served], None] | None = None,
) -> None:
    """Serve a project until Ctrl-C or SIGTERM, with a worker beside.

    Parameters
    ----------
    path : str or Path
        The project's folder.
    host : str
        Where to listen; loopback unless the network is wanted.
    port : int
        The next free one is taken when it is busy; 0 takes any.
    open_browser : bool
        Open the page in the default browser.
    worker : bool
        Start the process that encodes, trains and ranks; without it run ``asklearn worker`` elsewhere.
    ready : callable, optional
        Called with a `Served` once it answers; prints its sentence unless given.

    Raises
    ------
    AlreadyServed
        When another process serves the project; `open_again` gives a link to that one.
    InputError, StorageError, VersionMismatch
        When the project cannot be opened, or no port is free.
    """
    folder = Path(path)
    with ExitStack() as stack:
        stack.enter_context(_ending_on_sigterm())
        project = Project.open(folder)
        stack.callback(project.close)
        place = stack.enter_context(only_server(folder))
        listener = stack.enter_context(listen(host, port))
        gate = Gate(project_secret(folder))
        served = _served(project, gate, host, port, listener)
        place.announce(Running(pid=os.getpid(), url=served.url, instance=gate.instance))
        supervisor = Supervisor(folder) if worker else None
        app = create_app(
            project, gate, hosts=names_of(host), any_address=host not in LOOPBACK, own_worker=worker
        )

        def begin() -> None:
            if supervisor is not None:
                supervisor.start()
                stack.callback(supervisor.stop)
            (ready or _say)(served)
            if open_browser:
                threading.Thread(target=webbrowser.open, args=(served.link,), daemon=True).start()

        Server(app, begin).run(sockets=[listener])


def open_again(folder: str | Path, taken: AlreadyServed) -> str | None:
    """A link with a fresh one-time token to the server that runs already; None while it only starts."""
    if taken.running is None:
        return None
    gate = Gate(project_secret(Path(folder)), instance=taken.running.instance)
    return f"{taken.running.url}/?token={gate.mint()}"


class Server(uvicorn.Server):
    """Ends the event streams first, so that open pages never hold up the end.

    Parameters
    ----------
    app : FastAPI
        Made by `create_app`.
    begin : callable
        Called once it answers.
    """

    def __init__(self, app: FastAPI, begin: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
        )
        super().__init__(config)
        self._app, self._begin = app, begin

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        if self.started:
            self._begin()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End once: the end is under way, and a second Ctrl-C would only break it with a traceback."""
        if not self.should_exit:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End streams, then connections."""
        self._app.state.desk.feed.close()
        await super().shutdown(sockets)


class _Ended(BaseException):
    """SIGTERM came; everything held is given back on the way out."""


@contextmanager
def _ending_on_sigterm() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise _Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    except (_Ended, KeyboardInterrupt):
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _served(project: Project, gate: Gate, host: str, wanted: int, listener: socket.socket) -> Served:
    port = int(listener.getsockname()[1])
    url = url_of(host, port)
    return Served(
        project=project.name, url=url, link=f"{url}/?token={gate.mint()}", wanted_port=wanted, port=port
    )


def _say(served: Served) -> None:
    print(served.sentence, flush=True)
