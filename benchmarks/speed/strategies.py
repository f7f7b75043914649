"""Seconds of the strategies on plain arrays, beside plain numpy and one read of the matrix, in one run.

python benchmarks/speed/strategies.py                  # 100,000 and 1,000,000 rows, 10 classes
python benchmarks/speed/strategies.py --rows 10000     # something else

Each line says the fastest of a few runs; ratios are plain / ours, so above one is faster than plain numpy.
`al.pick` checks its arguments (each row sums to one, nothing is NaN), and that is part of the time.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

import asklearn as al

N_PICKS = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", nargs="*", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--classes", type=int, default=10)
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    print(f"{os.cpu_count()} processors, {platform.machine()}, numpy {np.__version__}, one BLAS thread")
    print(f"{'rows':>9} {'method':<16} {'ours':>9} {'plain':>9} {'ratio':>6} {'one read':>9}")
    with threadpool_limits(1):
        for rows in options.rows:
            measure(rows, options)


def measure(rows: int, options: argparse.Namespace) -> None:
    """Print a line for each method."""
    rng = np.random.default_rng(0)
    proba = rng.random((rows, options.classes), dtype=np.float32)
    proba /= proba.sum(axis=1, keepdims=True)
    vectors = rng.standard_normal((rows, options.dimensions), dtype=np.float32)
    read = fastest(proba.sum, options.repeats)
    for name, plain in PLAIN.items():
        ours = fastest(
            lambda name=name: al.pick(name, proba=proba, embedding=vectors, n=N_PICKS), options.repeats
        )
        theirs = fastest(lambda plain=plain: plain(proba, vectors), options.repeats)
        print(
            f"{rows:>9,} {name:<16} {ours:>9.4f} {theirs:>9.4f} {theirs / ours:>6.1f} {read:>9.4f}",
            flush=True,
        )


def fastest(call: Callable[[], Any], repeats: int) -> float:
    """Seconds of the fastest run."""
    found = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)


def plain_margin(proba: np.ndarray, _: np.ndarray) -> np.ndarray:
    two = np.partition(proba, -2, axis=1)
    return np.argsort(two[:, -1] - two[:, -2])[:N_PICKS]


def plain_entropy(proba: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.argsort((proba * np.log(proba + 1e-12)).sum(axis=1))[:N_PICKS]


def plain_least_confidence(proba: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.argsort(proba.max(axis=1))[:N_PICKS]


def plain_random(proba: np.ndarray, _: np.ndarray) -> np.ndarray:
    return np.random.default_rng(0).permutation(len(proba))[:N_PICKS]


def plain_clusters(proba: np.ndarray, vectors: np.ndarray) -> list[int]:
    from sklearn.cluster import KMeans

    two = np.partition(proba, -2, axis=1)
    order = np.argsort(two[:, -1] - two[:, -2])[: 8 * N_PICKS]
    member = KMeans(N_PICKS, n_init=1, random_state=0).fit_predict(vectors[order])
    return [int(order[np.flatnonzero(member == one)[0]]) for one in range(N_PICKS)]


def plain_diverse(_: np.ndarray, vectors: np.ndarray) -> list[int]:
    from sklearn.cluster import KMeans

    seen = np.random.default_rng(0).choice(len(vectors), min(2_000, len(vectors)), replace=False)
    distance = KMeans(N_PICKS, n_init=1, random_state=0).fit_transform(vectors[seen])
    return [int(one) for one in seen[distance.argmin(axis=0)]]


PLAIN: dict[str, Callable[[np.ndarray, np.ndarray], Any]] = {
    "margin": plain_margin,
    "entropy": plain_entropy,
    "least-confidence": plain_least_confidence,
    "random": plain_random,
    "margin-clusters": plain_clusters,
    "diverse": plain_diverse,
}


if __name__ == "__main__":
    main()
