"""The event stream: live, resumable, for many viewers, and gone with the server."""

import asyncio
import json
import threading
import time
from contextlib import contextmanager

import pytest
from tests.server.own_loop import run as on_own_loop
from tests.server.sites import answer_to

from asklearn.app.server.feed import BACKLOG, Feed
from asklearn.store import MemoryStore


def read(lines, count):
    """The next events of a stream: (id, kind, data)."""
    found, now = [], {}
    for line in lines:
        name, _, value = line.partition(": ")
        if name in ("id", "event", "data"):
            now[name] = value
        if not line and "data" in now:
            found.append((int(now["id"]), now["event"], json.loads(now["data"])))
            if len(found) == count:
                return found
        if not line:
            now = {}
    return found


@contextmanager
def stream(browser, **request):
    with browser.client.stream("GET", "/api/events", **request) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield answer.iter_lines()


def test_what_happens_is_told_as_it_happens(site, ana):
    with stream(ana) as lines:
        assert next(lines).startswith("retry:")
        ana.tell(answer_to(ana.claim(1)[0]))
        [(seq, kind, data)] = read(lines, 1)
    assert kind == "annotation"
    assert (data["seq"], data["actor"], data["body"]["value"]) == (seq, "ana", "bug")
    assert data["at"].endswith("Z")


def test_what_another_process_writes_is_told_too(site, ana):
    with stream(ana) as lines:
        next(lines)
        site.project.store.append("note", body={"text": "by the worker"})
        assert read(lines, 1)[0][1] == "note"


def test_a_reconnecting_page_misses_nothing(site, ana):
    store = site.project.store
    seen = store.last_event()
    for n in range(700):
        store.append("note", body={"n": n})
    with stream(ana, headers={"Last-Event-ID": str(seen)}) as lines:
        missed = read(lines, 700)
        store.append("note", body={"n": 700})
        missed += read(lines, 1)
    assert [data["body"]["n"] for _, _, data in missed] == list(range(701))
    assert [seq for seq, _, _ in missed] == list(range(seen + 1, seen + 702))


def test_a_page_may_start_from_what_it_was_born_with(site, ana):
    seen = site.project.store.last_event()
    site.project.store.append("note")
    with stream(ana, params={"since": seen}) as lines:
        assert read(lines, 1)[0][0] == seen + 1


def test_a_hundred_viewers_hold_nobody_up(site, ana):
    heard = []

    def watch():
        with stream(site.browser(None)) as lines:
            next(lines)
            ready.release()
            heard.append(read(lines, 1)[0][1])

    ready = threading.Semaphore(0)
    viewers = [threading.Thread(target=watch) for _ in range(100)]
    for viewer in viewers:
        viewer.start()
    for _ in viewers:
        assert ready.acquire(timeout=20)
    began = time.perf_counter()
    ana.tell(answer_to(ana.claim(1)[0]))
    assert time.perf_counter() - began < 2
    for viewer in viewers:
        viewer.join(10)
    assert heard == ["annotation"] * 100


async def gather(feed, count, since=None):
    found = []
    async for text in feed.stream(since):
        found += [line for line in text.splitlines() if line.startswith("event:")]
        if len(found) == count:
            break
    return found


def with_feed(play):
    """Run a coroutine beside a feed over a store in memory."""

    async def run():
        store = MemoryStore()
        feed = Feed(store, poll_seconds=0.01)
        reading = asyncio.create_task(feed.run())
        await asyncio.sleep(0)
        try:
            return await asyncio.wait_for(play(store, feed), 20)
        finally:
            feed.close()
            await reading
            store.close()

    return on_own_loop(run())


def test_a_viewer_that_falls_behind_is_let_go_and_reads_the_rest_by_resuming():
    async def play(store, feed):
        slow = feed.stream(None)
        await anext(slow)
        listening = asyncio.create_task(anext(slow))
        await asyncio.sleep(0.05)
        await asyncio.to_thread(store.append, "note")
        await listening
        for n in range(BACKLOG + 50):
            await asyncio.to_thread(store.append, "note", body={"n": n})
        await asyncio.sleep(0.3)
        seen = [text async for text in slow]
        assert len(seen) == BACKLOG
        last = int(seen[-1].splitlines()[0].removeprefix("id: "))
        return await gather(feed, 50, since=last)

    assert len(with_feed(play)) == 50


def test_nothing_is_missed_between_catching_up_and_listening():
    async def play(store, feed):
        async def write():
            for n in range(300):
                await asyncio.to_thread(store.append, "note", body={"n": n})

        writing = asyncio.create_task(write())
        found = await asyncio.gather(*(gather(feed, 300, since=0) for _ in range(5)))
        await writing
        return found

    assert [len(lot) for lot in with_feed(play)] == [300] * 5


def test_a_closed_feed_ends_its_streams():
    async def play(_store, feed):
        one = feed.stream(None)
        await anext(one)
        waiting = asyncio.create_task(anext(one, "ended"))
        await asyncio.sleep(0.05)
        feed.close()
        return await waiting, [text async for text in feed.stream(None)]

    last, late = with_feed(play)
    assert last == "ended"
    assert len(late) == 1


@pytest.mark.parametrize("remembered", [10**6, 10**30])
def test_a_page_that_remembers_more_than_there_is_hears_what_happens_now(site, ana, remembered):
    with stream(ana, headers={"Last-Event-ID": str(remembered)}) as lines:
        next(lines)
        site.project.store.append("note")
        assert read(lines, 1)[0][1] == "note"


@pytest.mark.parametrize("since", ["-1", "x"])
def test_a_position_that_is_none_is_refused(ana, since):
    assert ana.get("/api/events", params={"since": since}).status_code == 422
