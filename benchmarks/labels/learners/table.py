"""The tables of RESULTS.md from results.csv."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

BEST = {
    "trec6": (36, 44, 60, 74, 85, 88),
    "ag_news_7600": (50, 66, 79, 82, 85, 87),
    "subj": (63, 68, 81, 85, 87, 89),
    "sms_spam": (61, 86, 92, 96, 98, 99),
    "hwu64": (54, 45, 51, 60, 68, 76),
    "banking77": (53, 41, 49, 56, 63, 70),
    "hate_offensive": (27, 80, 81, 83, 85, 88),
    "sst5": (20, 27, 29, 31, 32, 35),
}
"""Best figure of each cell measured before this head was written, on other seeds; see RESULTS.md."""
LABELS = (0, 20, 50, 100, 200, 500)
BASELINES = ("tfidf-logistic", "both-logistic")
T_975 = {9: 2.262, 4: 2.776, 3: 3.182, 2: 4.303, 1: 12.706}
"""Quantiles of Student's t for the 95% interval of a mean over seeds."""

Cells = dict[tuple[str, str, int], dict[int, dict[str, float]]]


def tables(file: Path) -> str:
    """Every table, as Markdown."""
    cells = _read(file)
    learners = list(dict.fromkeys(key[1] for key in cells))
    parts = [_accuracy(cells, learner) for learner in learners]
    parts += [_against(cells), _drops(cells), _calibration(cells), _seconds(cells)]
    return "\n\n".join(parts)


def _read(file: Path) -> Cells:
    cells: Cells = defaultdict(dict)
    with file.open(newline="") as rows:
        for row in csv.DictReader(rows):
            key = (row["set"], row["learner"], int(row["labels"]))
            figures = ("accuracy", "log_loss", "ece", "oof_accuracy", "fit_seconds")
            cells[key][int(row["seed"])] = {f: float(row[f]) for f in figures if row[f]}
    return cells


def _mean(cells: Cells, key: tuple[str, str, int], figure: str) -> float:
    return float(np.mean([seed[figure] for seed in cells[key].values()])) if key in cells else float("nan")


def _interval(cells: Cells, key: tuple[str, str, int]) -> float:
    values = [seed["accuracy"] for seed in cells.get(key, {}).values()]
    if len(values) < 2:
        return float("nan")
    return float(T_975.get(len(values) - 1, 2.0) * np.std(values, ddof=1) / len(values) ** 0.5)


def _markdown(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [f"**{title}**", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _accuracy(cells: Cells, learner: str) -> str:
    rows = [
        [name]
        + [
            f"{_mean(cells, (name, learner, n), 'accuracy'):.1f} ± {_interval(cells, (name, learner, n)):.1f}"
            for n in LABELS
        ]
        for name in BEST
    ]
    return _markdown(f"Accuracy in percent, `{learner}`", ["set", *map(str, LABELS)], rows)


def _against(cells: Cells) -> str:
    """`default` less both baselines of the same run, and less the best earlier figure."""
    rows = []
    for name, best in BEST.items():
        row = [name]
        for n, target in zip(LABELS, best, strict=True):
            own = _mean(cells, (name, "default", n), "accuracy")
            others = [_mean(cells, (name, learner, n), "accuracy") for learner in BASELINES] if n else []
            row.append(" / ".join(f"{own - other:+.1f}" for other in (*others, target)))
        rows.append(row)
    title = (
        "`default` less TF-IDF + logistic / less TF-IDF and vectors + logistic / less the best earlier figure"
    )
    return _markdown(title, ["set", *map(str, LABELS)], rows)


def _drops(cells: Cells) -> str:
    """How often n labels are worse than none, by how much on average and at worst."""
    rows = []
    for name in BEST:
        zero, row = cells.get((name, "default", 0), {}), [name]
        for n in LABELS[1:]:
            later = cells.get((name, "default", n), {})
            gains = [later[s]["accuracy"] - zero[s]["accuracy"] for s in later if s in zero] or [float("nan")]
            row.append(f"{sum(g < 0 for g in gains)} ({np.mean(gains):+.1f}, {min(gains):+.1f})")
        rows.append(row)
    title = "Seeds in which n labels are worse than none (mean gain over none, worst seed)"
    return _markdown(title, ["set", *map(str, LABELS[1:])], rows)


def _calibration(cells: Cells) -> str:
    rows = []
    for name in BEST:
        row = [name]
        for n in LABELS:
            key = (name, "default", n)
            own = f"{_mean(cells, key, 'log_loss'):.2f}, {_mean(cells, key, 'ece'):.2f}"
            if n:
                own += f", {_mean(cells, key, 'oof_accuracy') - _mean(cells, key, 'accuracy'):+.1f}"
            row.append(own)
        rows.append(row)
    title = "`default`: log-loss, expected calibration error, out-of-fold less test accuracy"
    return _markdown(title, ["set", *map(str, LABELS)], rows)


def _seconds(cells: Cells) -> str:
    rows = [
        [name, *(f"{_mean(cells, (name, 'default', n), 'fit_seconds'):.2f}" for n in LABELS)] for name in BEST
    ]
    return _markdown("`default`: CPU seconds to fit, one core", ["set", *map(str, LABELS)], rows)
