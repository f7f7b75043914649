"""Live events: one task reads the store, every viewer has a bounded queue of its own."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any, Protocol

from asklearn.core.clock import to_rfc3339
from asklearn.core.jsonable import to_json
from asklearn.core.records import Event

log = logging.getLogger("asklearn.server")

POLL_SECONDS = 0.25
HEARTBEAT_SECONDS = 15.0
PAGE = 500
BACKLOG = 256


class Source(Protocol):
    """Where events come from: a store."""

    def events(self, *, since: int = 0, limit: int | None = None) -> list[Event]:
        """Events after ``since``, in order."""
        ...

    def last_event(self) -> int:
        """The newest event's seq."""
        ...


class Viewer:
    """One open stream; it falls behind at most `BACKLOG` events, then its stream ends and resumes."""

    def __init__(self) -> None:
        self.waiting: asyncio.Queue[Event | None] = asyncio.Queue(BACKLOG)
        self.ended = False

    def offer(self, events: Sequence[Event]) -> None:
        """Hand events over without ever waiting for the viewer."""
        for event in events:
            if self.waiting.full():
                self.end()
                return
            self.waiting.put_nowait(event)

    def end(self) -> None:
        """Close the stream after what is queued already."""
        self.ended = True
        if not self.waiting.full():
            self.waiting.put_nowait(None)


class Feed:
    """Reads new events once for all viewers, and only while there are any.

    Parameters
    ----------
    source : Source
        The project's store; read in a thread.
    poll_seconds : float
        How often to look for events of other processes.
    """

    def __init__(self, source: Source, *, poll_seconds: float = POLL_SECONDS) -> None:
        self._source = source
        self._poll_seconds = poll_seconds
        self._viewers: set[Viewer] = set()
        self._seq = 0
        self._wake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def wake(self) -> None:
        """Look at once: this process has just written. Safe from any thread."""
        if self._loop is not None and self._viewers and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    def close(self) -> None:
        """End all streams; new ones end at once. Call it in the server's loop."""
        self._closed = True
        self._wake.set()
        for viewer in self._viewers:
            viewer.end()

    async def run(self) -> None:
        """The one reading task; ends when closed."""
        self._loop = asyncio.get_running_loop()
        while not self._closed:
            if self._viewers:
                await self._read()
                await self._sleep(self._poll_seconds)
            else:
                await self._sleep(None)

    async def stream(self, since: int | None) -> AsyncIterator[str]:
        """Server-sent events after ``since`` (None: from now on), with heartbeats, until closed."""
        viewer = Viewer()
        newest = await asyncio.to_thread(self._source.last_event)
        # a page may remember more than there is: the project was put back from a backup
        seq = newest if since is None else min(since, newest)
        self._join(viewer, newest)
        try:
            yield f"retry: 2000\nid: {seq}\n\n"
            while not self._closed and (missed := await self._page(seq)):
                for event in missed:
                    yield encode(event)
                seq = missed[-1].seq
            async for text in self._live(viewer, seq):
                yield text
        finally:
            self._viewers.discard(viewer)

    def _join(self, viewer: Viewer, newest: int) -> None:
        if not self._viewers:
            # nobody listened: skip what came meanwhile; the newcomer reads that by itself
            self._seq = newest
            self._wake.set()
        self._viewers.add(viewer)

    async def _live(self, viewer: Viewer, seq: int) -> AsyncIterator[str]:
        while not self._closed and not (viewer.ended and viewer.waiting.empty()):
            try:
                event = await asyncio.wait_for(viewer.waiting.get(), HEARTBEAT_SECONDS)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if event is None:
                return
            if event.seq > seq:
                seq = event.seq
                yield encode(event)

    async def _page(self, since: int) -> list[Event]:
        return await asyncio.to_thread(self._source.events, since=since, limit=PAGE)

    async def _read(self) -> None:
        try:
            newest = await asyncio.to_thread(self._source.last_event)
            while self._seq < newest and (events := await self._page(self._seq)):
                self._seq = events[-1].seq
                for viewer in list(self._viewers):
                    viewer.offer(events)
        except Exception:
            log.exception("events could not be read")
            await asyncio.sleep(1.0)

    async def _sleep(self, seconds: float | None) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        self._wake.clear()


def encode(event: Event) -> str:
    """One event as its lines on the wire; data is JSON without line breaks."""
    data: dict[str, Any] = to_json(event)
    data["at"] = to_rfc3339(event.at)
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
