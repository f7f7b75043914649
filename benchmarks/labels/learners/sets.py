"""The eight text sets: where they are, how their labels are written out, how a seed splits them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from asklearn.models.names import words_of

SETS = ("trec6", "ag_news_7600", "subj", "sms_spam", "hwu64", "banking77", "hate_offensive", "sst5")
POOL, TEST = 2_500, 2_500
WRITTEN_OUT = {
    "trec6": {
        "ABBR": "abbreviation",
        "DESC": "description",
        "ENTY": "entity",
        "HUM": "human",
        "LOC": "location",
        "NUM": "number",
    },
    "hate_offensive": {"hate": "hate speech", "offensive": "offensive language", "neither": "neither"},
}
"""Labels that are not words: what a person would have typed. All others are read as `words_of` reads them."""


@dataclass(frozen=True)
class TextSet:
    """Texts, class positions and label names; the official test part when there is one."""

    name: str
    texts: list[str]
    y: np.ndarray
    test_texts: list[str]
    test_y: np.ndarray
    names: list[str]

    def split(self, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Positions of a pool of 2,500 (its first n are the labels) and of at most 2,500 test texts.

        Test positions count on after the last text when there is an official test part.
        """
        order = np.random.default_rng([seed, 7]).permutation(len(self.texts))
        if not self.test_texts:
            return order[:POOL], order[POOL : POOL + TEST]
        test = np.random.default_rng([seed, 8]).permutation(len(self.test_texts))[:TEST]
        return order[:POOL], len(self.texts) + test


def data_folder() -> Path:
    """Where the sets are: ASKLEARN_DATA, or ``shared/data`` beside the checkout."""
    named = os.environ.get("ASKLEARN_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[4] / "shared" / "data"
    if not folder.is_dir():
        raise SystemExit(
            f"There is no folder {folder}; set ASKLEARN_DATA to the one that holds trec6, subj and so on."
        )
    return folder


def load(name: str) -> TextSet:
    """Read one set from its folder."""
    folder = data_folder() / name
    if not folder.is_dir():
        raise SystemExit(f"The set {name} is not in {folder.parent}; nothing can be measured on it.")
    whole = [f for f in (folder / "data.csv", folder / "data.csv.gz") if f.exists()]
    train, test = (
        (_read(whole[0], name), ([], []))
        if whole
        else (
            _read(folder / "train.csv", name),
            _read(folder / "test.csv", name),
        )
    )
    labels = sorted(set(train[1]))
    position = {label: index for index, label in enumerate(labels)}
    names = [words_of(WRITTEN_OUT.get(name, {}).get(label, label)) for label in labels]
    y, test_y = (np.array([position[label] for label in part[1]], dtype=np.int64) for part in (train, test))
    return TextSet(name, train[0], y, test[0], test_y, names)


def _read(file: Path, name: str) -> tuple[list[str], list[str]]:
    import pandas as pd

    rows = pd.read_csv(file, keep_default_na=False, dtype=str)
    return rows["text"].tolist(), rows["label_name" if name == "sst5" else "label"].tolist()
