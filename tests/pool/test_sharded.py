"""A pool in a folder: shared by processes, whole after any crash, read in small pieces."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow.parquet as pq
import pytest

from asklearn.core.errors import InputError, StorageError, VersionMismatch
from asklearn.pool import ShardedPool

from .conftest import table


def rows(start, stop):
    return table(*((f"i{at}", f"text {at}") for at in range(start, stop)))


def files(pool):
    return sorted(one.name for one in pool.folder.iterdir() if not one.name.startswith("."))


def test_it_is_there_again_when_opened_again(tmp_path):
    ShardedPool(tmp_path, ["text"]).append(rows(0, 10))
    pool = ShardedPool(tmp_path)
    assert pool.content == ("text",)
    assert pool.ids([0, 9]) == ["i0", "i9"]
    assert pool.append(rows(0, 10)).known == 10


def test_shards_are_plain_parquet_in_small_row_groups(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(rows(0, 10_000))
    assert files(pool) == ["pool.json", "shard-00000.npy", "shard-00000.parquet"]
    shard = pq.ParquetFile(tmp_path / "shard-00000.parquet")
    assert shard.schema_arrow.names == ["id", "text"]
    assert [shard.metadata.row_group(at).num_rows for at in range(3)] == [4_096, 4_096, 1_808]


def test_single_arrivals_make_few_files(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    for at in range(12):
        pool.append(rows(at, at + 1))
    assert len(files(pool)) == 3
    assert pool.ids(range(12)) == [f"i{at}" for at in range(12)]


def test_another_process_sees_what_was_added(tmp_path):
    mine, theirs = ShardedPool(tmp_path, ["text"]), ShardedPool(tmp_path, ["text"])
    theirs.append(rows(0, 3))
    assert len(mine) == 3
    theirs.append(rows(3, 5))
    assert mine.find(["i4"]).tolist() == [4]
    theirs.forget(["i4"])
    assert mine.find(["i4"]).tolist() == [-1]


def test_many_writers_lose_and_double_nothing(tmp_path):
    pools = [ShardedPool(tmp_path, ["text"]) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        jobs = [
            threads.submit(pool.append, rows(start, start + 7)) for start in range(0, 42, 7) for pool in pools
        ]
        assert sum(job.result().added for job in jobs) == 42
    assert sorted(ShardedPool(tmp_path).ids(range(42))) == sorted(f"i{at}" for at in range(42))


def test_a_failed_append_leaves_no_files(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(rows(0, 5))
    before = files(pool)

    def breaking():
        yield rows(5, 140_000)
        raise RuntimeError("the file ended badly")

    with pytest.raises(RuntimeError):
        pool.append(breaking())
    assert (files(pool), len(pool)) == (before, 5)


KILLED = """
import sys
from asklearn.pool import ShardedPool
import pyarrow as pa
pool = ShardedPool(sys.argv[1], ["text"])
print("ready", flush=True)
start = 0
while True:
    ids = [f"k{at}" for at in range(start, start + 3000)]
    pool.append(pa.table({"id": ids, "text": ids}))
    start += 3000
    print(start, flush=True)
"""


KILLS = max(3, int(os.environ.get("ASKLEARN_KILLS", "0")) // 10)


@pytest.mark.kill
@pytest.mark.parametrize("after", [0.02 + 0.03 * at for at in range(KILLS)])
def test_a_killed_append_leaves_the_old_pool_or_the_new(tmp_path, after):
    ShardedPool(tmp_path, ["text"]).append(rows(0, 5))
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout.readline() == "ready\n"
    time.sleep(after)
    worker.send_signal(signal.SIGKILL)
    said = [int(line) for line in worker.stdout.read().split()]
    worker.wait()
    worker.stdout.close()
    pool = ShardedPool(tmp_path)
    added = len(pool) - 5
    assert added % 3_000 == 0
    assert added in {said[-1] if said else 0, (said[-1] if said else 0) + 3_000}
    assert pool.ids(range(5, len(pool))) == [f"k{at}" for at in range(added)]
    named = {
        f"{one['name']}{end}"
        for one in json.loads((tmp_path / "pool.json").read_text())["shards"]
        for end in (".npy", ".parquet")
    }
    assert set(files(pool)) == {"pool.json", *named}


def test_what_a_killed_writer_left_is_swept_away(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(rows(0, 5))
    for name in ("shard-00007.parquet", "shard-00007.npy", ".tmp-12ab-pool.json"):
        (tmp_path / name).write_bytes(b"half")
    assert files(ShardedPool(tmp_path)) == ["pool.json", "shard-00000.npy", "shard-00000.parquet"]
    assert not list(tmp_path.glob(".tmp-*"))


def test_a_lost_sidecar_is_rebuilt(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(table(("a", "same"), ("b", "same"), ("c", " "), ("d", "x")))
    pool.forget(["d"])
    (side,) = tmp_path.glob("*.npy")
    side.unlink()
    again = ShardedPool(tmp_path)
    assert again.askable().tolist() == pool.askable().tolist() == [True, False, False, False]
    assert again.forgotten().tolist() == [False, False, False, True]
    assert side.exists()


def test_forgetting_erases_the_bytes(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(table(("ana@example.org", "my secret is qwertz"), ("b", "two")))
    pool.forget(["ana@example.org"])
    raw = b"".join((tmp_path / one).read_bytes() for one in files(pool))
    assert b"qwertz" not in raw
    assert b"ana@example" not in raw


def test_a_reader_of_an_old_state_is_not_cut_off(tmp_path):
    writer, reader = ShardedPool(tmp_path, ["text"]), ShardedPool(tmp_path, ["text"])
    writer.append(rows(0, 100))
    blocks = reader.blocks(size=40)
    assert next(blocks)[1].num_rows == 40
    writer.append(rows(100, 120))
    writer.forget(["i50"])
    texts = [text for _, part in blocks for text in part["text"].to_pylist()]
    assert texts[:10] == [f"text {at}" for at in range(40, 50)]
    assert texts[10] is None


def test_other_content_needs_another_project(tmp_path):
    ShardedPool(tmp_path, ["text"]).append(rows(0, 3))
    with pytest.raises(InputError, match="cannot become title any more"):
        ShardedPool(tmp_path, ["title"])


def test_damage_is_said_in_one_sentence(tmp_path):
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(rows(0, 3))
    (tmp_path / "shard-00000.parquet").write_bytes(b"rubbish")
    with pytest.raises(StorageError, match="damaged or not a Parquet file"):
        ShardedPool(tmp_path)
    (tmp_path / "shard-00000.parquet").unlink()
    with pytest.raises(StorageError, match="is missing"):
        ShardedPool(tmp_path)
    (tmp_path / "pool.json").write_text("{")
    with pytest.raises(StorageError, match=r"pool\.json is damaged"):
        ShardedPool(tmp_path)


def test_a_newer_pool_is_left_alone(tmp_path):
    ShardedPool(tmp_path, ["text"]).append(rows(0, 3))
    found = json.loads((tmp_path / "pool.json").read_text())
    (tmp_path / "pool.json").write_text(json.dumps({**found, "format": 99}))
    with pytest.raises(VersionMismatch, match="newer asklearn"):
        ShardedPool(tmp_path)


def test_many_shards_answer_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr("asklearn.pool.writer.SHARD_ROWS", 500)
    pool = ShardedPool(tmp_path, ["text"])
    pool.append(rows(start, start + 250) for start in range(0, 3_000, 250))
    assert len(list(tmp_path.glob("*.parquet"))) == 6
    assert pool.append([rows(0, 3_000)]).known == 3_000
    wanted = np.random.default_rng(0).integers(0, 3_000, 200)
    assert pool.take(wanted)["text"].to_pylist() == [f"text {at}" for at in wanted]
    assert pool.find([f"i{at}" for at in wanted]).tolist() == wanted.tolist()
