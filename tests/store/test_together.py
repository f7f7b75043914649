"""Many at once: threads, several stores on one file, failures that stay with their caller."""

from __future__ import annotations

import fcntl
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from asklearn.core.errors import Conflict, InputError, StorageError
from asklearn.store import MemoryStore, SqliteStore, open_store
from asklearn.testing.store.world import answer, ids, queue


@pytest.fixture(params=["sqlite", "memory"])
def store(request, tmp_path):
    with open_store(tmp_path) if request.param == "sqlite" else MemoryStore() as opened:
        yield opened


def test_threads_that_claim_never_share_an_item(store):
    store.enqueue(queue(*(f"i{n}" for n in range(120))))

    def label(name: str) -> list[str]:
        got = []
        while batch := store.claim(name, name, 5, seconds=60):
            got += ids(batch)
            store.tell([answer(one, by=name) for one in batch])
        return got

    with ThreadPoolExecutor(12) as threads:
        batches = threads.map(label, [f"annotator {n}" for n in range(12)])
        labelled = [item for batch in batches for item in batch]
    assert sorted(labelled) == sorted(f"i{n}" for n in range(120))
    assert store.check() == []


def test_one_callers_failure_leaves_the_others_alone(store):
    first = answer("a")
    store.tell([first])
    start = threading.Barrier(16)

    def tell(n: int):
        start.wait()
        if n % 2:
            return store.tell([answer(f"i{n}")])[0].seq
        with pytest.raises(Conflict):
            store.tell([answer(f"lost {n}"), answer("a", "other", key=first.key)])
        return None

    with ThreadPoolExecutor(16) as threads:
        seqs = [seq for seq in threads.map(tell, range(16)) if seq]
    assert sorted(seqs) == list(range(2, 10))
    assert [event.seq for event in store.events()] == list(range(1, 10))
    assert not any(one.item.startswith("lost") for one in store.annotations())


def test_several_stores_on_one_file_see_each_others_writes(tmp_path):
    with SqliteStore(tmp_path / "store.db") as one, SqliteStore(tmp_path / "store.db") as two:
        one.enqueue(queue("a"))
        (asked,) = two.claim("ana", "s", 1, seconds=60)
        assert one.claim("ben", "t", 1, seconds=60) == []
        two.tell([answer(asked)])
        assert [one.item for one in one.annotations()] == ["a"]
        one.close()
        assert two.append("note") == 3


def test_readers_see_whole_transactions_only(tmp_path):
    done = threading.Event()
    with open_store(tmp_path) as store:

        def read() -> set[int]:
            sizes = set()
            while not done.is_set():
                sizes.add(len(store.annotations()) % 10)
            return sizes

        with ThreadPoolExecutor(2) as threads:
            seen = [threads.submit(read) for _ in range(2)]
            for n in range(40):
                store.tell([answer(f"{n} {i}") for i in range(10)])
            done.set()
    assert set().union(*(one.result() for one in seen)) == {0}


def test_a_lock_that_is_never_given_up_is_said(tmp_path):
    with open_store(tmp_path) as store:
        store._database._writer._patience = 0.2
        with (tmp_path / "store.lock").open("w") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            with pytest.raises(StorageError, match="Another process has held the lock"):
                store.append("refused")
            fcntl.flock(other, fcntl.LOCK_UN)
        store._database._writer._patience = 30
        store.append("taken")
        assert [event.kind for event in store.events()] == ["taken"]


def test_the_log_is_moved_into_the_file_now_and_then(tmp_path):
    with open_store(tmp_path) as store:
        for n in range(40):
            store.tell([answer(f"{n} {i}", comment="x" * 1000) for i in range(500)])
        assert (tmp_path / "store.db-wal").stat().st_size < 8 << 20
        assert (tmp_path / "store.db").stat().st_size > 12 << 20


def test_a_backup_is_whole_while_others_write(tmp_path):
    done = threading.Event()
    with open_store(tmp_path) as store:

        def write() -> None:
            while not done.is_set():
                store.tell([answer(f"{time.monotonic_ns()} {i}") for i in range(5)])

        with ThreadPoolExecutor(2) as threads:
            writing = [threads.submit(write) for _ in range(2)]
            time.sleep(0.2)
            for n in range(3):
                store.backup(str(tmp_path / f"copy{n}.db"))
            done.set()
        assert [one.result() for one in writing] == [None, None]
        last = store.last_event()
    for n in range(3):
        with SqliteStore(tmp_path / f"copy{n}.db") as copy:
            assert copy.check() == []
            assert 0 < copy.last_event() <= last
            assert len(copy.annotations()) % 5 == 0


def test_a_backup_never_overwrites(tmp_path):
    with open_store(tmp_path) as store:
        (tmp_path / "copy.db").write_text("precious")
        with pytest.raises(InputError, match="exists already"):
            store.backup(str(tmp_path / "copy.db"))
        with pytest.raises(StorageError, match="folder is missing"):
            store.backup(str(tmp_path / "nowhere" / "copy.db"))


def test_a_store_that_is_forgotten_closes_itself(tmp_path):
    store = open_store(tmp_path)
    store.append("note")
    del store
    import gc

    gc.collect()
    assert not (tmp_path / "store.db-wal").exists()
