"""The feature cache: filled bit by bit, right at every moment, erased when it must be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, issparse

from asklearn.core.errors import NotReady
from asklearn.engine import Threads
from asklearn.pool import FeatureCache, MemoryPool
from asklearn.pool.locking import writing

from .conftest import table

N = 20_000


class Lengths:
    """An encoder that is quick to foresee: three features of the text of a row."""

    name, version, fields = "lengths", "1", ("text",)

    def __init__(self, *, sparse, dtype=np.float32):
        self.sparse, self.dtype, self.seen = sparse, dtype, []

    def fit(self, sample):
        return self

    def save(self, folder):
        raise NotImplementedError

    def transform(self, fields):
        texts = fields["text"].to_pylist()
        self.seen += texts
        matrix = np.array([self.expected(text) for text in texts], dtype=self.dtype).reshape(-1, 3)
        return csr_matrix(matrix, dtype=np.float32) if self.sparse else matrix

    @staticmethod
    def expected(text):
        return [len(text or ""), int(text.split()[1]) % 97 if text else 0, 1]


@pytest.fixture(params=["dense", "sparse"])
def sparse(request):
    return request.param == "sparse"


@pytest.fixture(params=["memory", "folder"])
def make_cache(request, tmp_path, sparse):
    """A function that opens the cache, anew or as another process would."""
    kept = FeatureCache(None, Lengths(sparse=sparse))
    folder = request.param == "folder"
    return lambda: FeatureCache(tmp_path / "lengths-1", Lengths(sparse=sparse)) if folder else kept


@pytest.fixture(scope="module")
def pool():
    made = MemoryPool(["text"])
    made.append(table(*((f"i{at}", f"text {at}") for at in range(N))))
    return made


def expected(rows):
    return np.array([Lengths.expected(f"text {row}") for row in rows], dtype=np.float32)


def dense(matrix):
    return matrix.toarray() if issparse(matrix) else matrix


def test_before_the_first_row_nothing_is_ready(make_cache):
    assert not make_cache().ready(10).any()
    with pytest.raises(NotReady, match="2 of these items are not encoded yet"):
        make_cache().get([3, 5])


def test_it_answers_in_the_order_asked(make_cache, pool):
    cache = make_cache()
    rows = [19_999, 3, 8_192, 3, 0]
    assert dense(cache.get(rows, pool=pool)).tolist() == expected(rows).tolist()
    assert np.flatnonzero(cache.ready(N)).tolist() == [0, 3, 8_192, 19_999]
    assert cache.get([], pool=pool).shape[0] == 0


def test_each_row_is_encoded_once(make_cache, pool):
    cache = make_cache()
    sample = np.arange(5, N, 40)
    cache.encode(pool, rows=sample)
    assert cache.encode(pool) == N - len(sample)
    assert cache.encode(pool) == 0
    assert sorted(cache.encoder.seen) == sorted(f"text {at}" for at in range(N))
    rows = np.random.default_rng(0).integers(0, N, 300)
    assert dense(cache.get(rows)).tolist() == expected(rows).tolist()


def test_it_goes_on_where_it_was_stopped(make_cache, pool):
    asked, heard = iter([False, False, False, True]), []
    first = make_cache()
    done = first.encode(pool, stop=lambda: next(asked), progress=lambda n, total: heard.append((n, total)))
    assert done == 3 * 1_024
    assert heard[0] == (0, N)
    assert first.ready(N).sum() == done
    second = make_cache()
    assert second.encode(pool, progress=lambda n, total: heard.append((n, total))) == N - done
    assert heard[-1] == (N, N)
    assert second.ready(N).all()


def test_rows_that_come_later_are_filled_in_later(make_cache):
    pool, cache = MemoryPool(["text"]), make_cache()
    for start in (0, 9_000):
        pool.append(table(*((f"i{at}", f"text {at}") for at in range(start, start + 9_000))))
        assert cache.encode(pool) == 9_000
    assert (
        dense(cache.get([0, 8_999, 9_000, 17_999])).tolist() == expected([0, 8_999, 9_000, 17_999]).tolist()
    )


def test_an_executor_gives_the_same(make_cache, pool):
    cache = make_cache()
    assert cache.encode(pool, executor=Threads(2)) == N
    assert dense(cache.get(np.arange(0, N, 7))).tolist() == expected(range(0, N, 7)).tolist()


def test_forgotten_rows_are_zero_and_count_as_ready(make_cache):
    pool, cache = MemoryPool(["text"]), make_cache()
    pool.append(table(*((f"i{at}", f"text {at}") for at in range(2_000))))
    cache.encode(pool)
    cache.forget(pool.forget(["i7", "i1500"]))
    assert dense(cache.get([7, 1_500])).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert dense(cache.get([8])).tolist() == expected([8]).tolist()
    assert cache.ready(2_000).all()


def test_features_of_items_forgotten_elsewhere_go_with_the_next_encoding(tmp_path, sparse):
    pool = MemoryPool(["text"])
    pool.append(table(*((f"i{at}", f"text {at}") for at in range(100))))
    FeatureCache(tmp_path, Lengths(sparse=sparse)).encode(pool)
    pool.forget(["i7"])
    cache = FeatureCache(tmp_path, Lengths(sparse=sparse))
    cache.encode(pool)
    assert dense(cache.get([7])).tolist() == [[0, 0, 0]]


def test_a_reader_sees_what_another_process_filled(tmp_path, sparse, pool):
    reader, writer = (FeatureCache(tmp_path, Lengths(sparse=sparse)) for _ in range(2))
    writer.encode(pool, rows=np.arange(100))
    assert reader.ready(N).sum() == 100
    assert dense(reader.get([99])).tolist() == expected([99]).tolist()
    writer.encode(pool, rows=np.arange(15_000))
    assert dense(reader.get([99, 14_999])).tolist() == expected([99, 14_999]).tolist()


def test_a_reader_does_not_wait_for_who_fills(tmp_path, sparse, pool):
    cache = FeatureCache(tmp_path, Lengths(sparse=sparse))
    cache.encode(pool, rows=[0, 1])
    with writing(tmp_path):
        assert dense(cache.get([5, 1, 9_000], pool=pool)).tolist() == expected([5, 1, 9_000]).tolist()
    assert cache.ready(10).sum() == 2


def test_damaged_files_are_made_anew(tmp_path, sparse, pool):
    FeatureCache(tmp_path, Lengths(sparse=sparse)).encode(pool, rows=np.arange(9_000))
    for path in (*tmp_path.glob("*.json"), *tmp_path.glob("*.npz")):
        path.write_bytes(b"rubbish")
    cache = FeatureCache(tmp_path, Lengths(sparse=sparse))
    assert not cache.ready(N).any()
    assert dense(cache.get([8_500], pool=pool)).tolist() == expected([8_500]).tolist()


def test_a_shortened_file_is_not_believed(tmp_path, pool):
    FeatureCache(tmp_path, Lengths(sparse=False)).encode(pool, rows=np.arange(1_000))
    with (tmp_path / "dense.bin").open("r+b") as file:
        file.truncate(12 * 600)
    cache = FeatureCache(tmp_path, Lengths(sparse=False))
    assert cache.ready(1_000).sum() == 600
    assert cache.get([900], pool=pool).tolist() == expected([900]).tolist()


def test_half_precision_stays_half_and_double_becomes_single(tmp_path, pool):
    for dtype, kept in ((np.float16, np.float16), (np.float32, np.float32), (np.float64, np.float32)):
        cache = FeatureCache(tmp_path / dtype.__name__, Lengths(sparse=False, dtype=dtype))
        assert cache.get([1], pool=pool).dtype == kept


def test_threads_may_ask_at_once(make_cache, pool):
    cache, wrong = make_cache(), []

    def ask(seed):
        rows = np.random.default_rng(seed).integers(0, N, 200)
        if dense(cache.get(rows, pool=pool)).tolist() != expected(rows).tolist():
            wrong.append(seed)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


KILLED = """
import sys
from asklearn.pool import FeatureCache, MemoryPool
from tests.pool.conftest import table
from tests.pool.test_features import N, Lengths

pool = MemoryPool(["text"])
pool.append(table(*((f"i{at}", f"text {at}") for at in range(N))))
cache = FeatureCache(sys.argv[1], Lengths(sparse=sys.argv[2] == "True"))
cache.encode(pool, progress=lambda done, total: print(done, flush=True))
"""


@pytest.mark.kill
@pytest.mark.parametrize("steps", [1, 4, 9])
def test_what_a_killed_process_had_filled_is_right(tmp_path, sparse, pool, steps):
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), str(sparse)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    for _ in range(steps):
        heard = int(worker.stdout.readline())
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    cache = FeatureCache(tmp_path, Lengths(sparse=sparse))
    ready = np.flatnonzero(cache.ready(N))
    assert len(ready) >= heard
    assert dense(cache.get(ready)).tolist() == expected(ready).tolist()
    assert cache.encode(pool) == N - len(ready)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(st.integers(0, N - 1), min_size=1, max_size=12), max_size=6))
def test_whatever_was_asked_before_the_answer_is_right(make_cache, pool, steps):
    cache = make_cache()
    for rows in steps:
        assert dense(cache.get(rows, pool=pool)).tolist() == expected(rows).tolist()
        assert cache.ready(N)[rows].all()
