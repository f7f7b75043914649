"""Label economy of the default text learner: accuracy at 0 to 500 random labels on eight sets, ten seeds.

python benchmarks/labels/learners/run.py            # all, about 15 minutes on one core; resumes
python benchmarks/labels/learners/run.py --table    # the tables of RESULTS.md from results.csv
"""

from __future__ import annotations

import argparse
import csv
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from features import sentence_vectors, tfidf
from sets import SETS, TextSet, load
from table import tables

from asklearn.models.name_prior import NamePriorClassifier
from asklearn.models.threads import threads_for

LABELS = (0, 20, 50, 100, 200, 500)
FIELDS = ("set", "seed", "labels", "learner", "accuracy", "log_loss", "ece", "oof_accuracy", "fit_seconds")
RESULTS = Path(__file__).with_name("results.csv")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sets", nargs="*", default=SETS, choices=SETS)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--labels", nargs="*", type=int, default=LABELS)
    parser.add_argument("--learners", nargs="*", default=list(LEARNERS), choices=list(LEARNERS))
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true", help="print the tables and stop")
    options = parser.parse_args()
    if not options.table:
        with threads_for(1):
            for name in options.sets:
                measure(load(name), options)
    print(tables(options.results))


def measure(data: TextSet, options: argparse.Namespace) -> None:
    """Add the missing rows of one set to the results."""
    done = set(_read_keys(options.results))
    for seed in range(options.seeds):
        wanted = [
            (n, learner)
            for n in options.labels
            for learner in options.learners
            if (data.name, str(seed), str(n), learner) not in done
        ]
        if wanted:
            problem = Problem(data, seed)
            rows = [
                dict(zip(FIELDS, (data.name, seed, *key, *problem.score(*key)), strict=True))
                for key in wanted
            ]
            _append(options.results, rows)
            print(
                data.name, seed, [f"{r['learner']}@{r['labels']}: {r['accuracy']}" for r in rows], flush=True
            )


class Problem:
    """One set, one seed: features of pool and test, labels in the order in which they come."""

    def __init__(self, data: TextSet, seed: int) -> None:
        pool, test = data.split(seed)
        vectors, self.names = sentence_vectors(data)
        texts, y = data.texts + data.test_texts, np.concatenate([data.y, data.test_y])
        self.sparse, self.test_sparse = tfidf([texts[i] for i in pool], [texts[i] for i in test])
        self.dense, self.test_dense = vectors[pool], vectors[test]
        self.y, self.test_y, self.seed = y[pool], y[test], seed

    def score(self, n: int, learner: str) -> tuple[Any, ...]:
        """Accuracy in percent, log-loss, expected calibration error, out-of-fold accuracy, fit seconds."""
        start = time.process_time()
        predict, oof = LEARNERS[learner](self, n)
        seconds = time.process_time() - start
        p = predict()
        right = p.argmax(1) == self.test_y
        loss = -np.log(np.maximum(p[np.arange(len(p)), self.test_y], 1e-12)).mean()
        oof_accuracy = "" if oof is None or n == 0 else round(100 * (oof.argmax(1) == self.y[:n]).mean(), 2)
        return (
            round(100 * right.mean(), 2),
            round(loss, 4),
            round(_ece(p, right), 4),
            oof_accuracy,
            round(seconds, 3),
        )


Outcome = tuple[Callable[[], np.ndarray], np.ndarray | None]


def logistic(*, dense: bool) -> Callable[[Problem, int], Outcome]:
    """scikit-learn's logistic regression, C = 10, on TF-IDF or on sentence vectors beside it.

    It is fitted in the span of its rows: the same optimum as on 60,000 columns, in a fraction of the time.
    With labels of one class it answers that class; with none it answers the first.
    """

    def fit(problem: Problem, n: int) -> Outcome:
        from sklearn.linear_model import LogisticRegression

        from asklearn.models.span import Span
        from asklearn.models.text_features import TextFeatures

        y = problem.y[:n]
        p = np.full((len(problem.test_y), len(problem.names)), 1e-12)
        if len(np.unique(y)) < 2:
            p[:, y if n else slice(None)] = 1.0
            return lambda: p / p.sum(1, keepdims=True), None
        rows = TextFeatures(problem.dense[:n] if dense else None, problem.sparse[:n])
        span = Span.of(rows, problem.seed)
        model = LogisticRegression(C=10, max_iter=1_000).fit(span.coordinates(rows), y)

        def predict() -> np.ndarray:
            test = TextFeatures(problem.test_dense if dense else None, problem.test_sparse)
            p[:, model.classes_] = model.predict_proba(span.coordinates(test))
            return p

        return predict, None

    return fit


def head(*, dense: bool, sparse: bool, names: bool, pool: bool) -> Callable[[Problem, int], Outcome]:
    """The head on some of its inputs."""

    def fit(problem: Problem, n: int) -> Outcome:
        train = (problem.dense[:n] if dense else None, problem.sparse[:n] if sparse else None)
        test = (problem.test_dense if dense else None, problem.test_sparse if sparse else None)
        model = NamePriorClassifier(seed=problem.seed).fit(
            train,
            problem.y[:n],
            classes=np.arange(len(problem.names)),
            name_vectors=problem.names if names else None,
            pool=problem.dense if pool else None,
        )
        return lambda: model.predict_proba(test), model.oof_proba_

    return fit


LEARNERS: dict[str, Callable[[Problem, int], Outcome]] = {
    "tfidf-logistic": logistic(dense=False),
    "both-logistic": logistic(dense=True),
    "default": head(dense=True, sparse=True, names=True, pool=True),
    "no-names": head(dense=True, sparse=True, names=False, pool=True),
    "no-pool": head(dense=True, sparse=True, names=True, pool=False),
    "tfidf-head": head(dense=False, sparse=True, names=False, pool=False),
}


def _ece(p: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error of the top class, 15 bins of equal size."""
    order = np.argsort(p.max(1), kind="stable")
    bins = np.array_split(order, 15)
    return float(sum(abs(p.max(1)[b].mean() - right[b].mean()) * len(b) for b in bins) / len(p))


def _read_keys(file: Path) -> Iterator[tuple[str, ...]]:
    if file.exists():
        with file.open(newline="") as rows:
            for row in csv.DictReader(rows):
                yield tuple(row[field] for field in FIELDS[:4])


def _append(file: Path, rows: list[dict[str, Any]]) -> None:
    new = not file.exists()
    with file.open("a", newline="") as out:
        writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="The number of unique classes")
    main()
