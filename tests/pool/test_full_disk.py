"""A disk that refuses: one sentence, and the pool is as it was."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from asklearn.pool import ShardedPool

from .conftest import table

LIMITED = """
import resource, sys
import pyarrow as pa
from asklearn.core.errors import StorageError
from asklearn.formats import write
from asklearn.pool import ShardedPool

pool = ShardedPool(sys.argv[1], ["text"])
ids = [f"n{at ** 7}" for at in range(20_000)]
rows = pa.table({"id": ids, "text": ids})
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
for work in (lambda: pool.append(rows), lambda: write(rows, sys.argv[1] + "/out.csv")):
    try:
        work()
    except StorageError as error:
        print(error.sentence)
print(len(pool))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix thing")
def test_a_disk_that_refuses_leaves_the_pool_as_it_was(tmp_path):
    ShardedPool(tmp_path, ["text"]).append(table(("a", "one"), ("b", "two")))
    before = sorted(one.name for one in tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    first, second, rows = done.stdout.splitlines()
    assert first.startswith("Cannot write ")
    assert first.endswith("shard-00001.parquet: the file may not grow any larger on this disk.")
    assert second.endswith("out.csv: the file may not grow any larger on this disk.")
    assert rows == "2"
    assert sorted(one.name for one in tmp_path.iterdir()) == before
    assert ShardedPool(tmp_path).ids([0, 1]) == ["a", "b"]
