"""Learners by name, path or object."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from sklearn.linear_model import LogisticRegression

from asklearn.core.errors import InputError, UnknownName
from asklearn.models import LEARNERS, TextLearner, find_learner


class Rows:
    def __init__(self, **columns: list) -> None:
        self.table = pa.table(columns)

    def __len__(self) -> int:
        return self.table.num_rows

    def take(self, rows: np.ndarray, columns: list[str] | None = None) -> pa.Table:
        return self.table.take(rows).select(columns or self.table.column_names)


STORIES = [f"a story of its own, number {n}" for n in range(40)]


@pytest.mark.parametrize(
    ("columns", "text", "line"),
    [
        ({"body": STORIES}, (), "label names, sentence vectors and TF-IDF of body"),
        (
            {"body": STORIES, "age": list(range(40))},
            ("body",),
            "label names, sentence vectors and TF-IDF of body; ExtraTreesClassifier on the columns of age",
        ),
        (
            {"age": list(range(40)), "sex": ["m", "f"] * 20},
            (),
            "ExtraTreesClassifier on the columns of age, sex",
        ),
        ({"vector": [[1.0, 2.0]] * 40}, (), "StandardScaler + LogisticRegression on the vectors of vector"),
        ({"body": STORIES, "empty": [""] * 40}, (), "label names, sentence vectors and TF-IDF of body"),
        ({"code": ["x", "y"] * 20}, ("code",), "label names, sentence vectors and TF-IDF of code"),
    ],
)
def test_auto_goes_by_the_columns(columns, text, line) -> None:
    assert find_learner("auto", fields=tuple(columns), text=text, pool=Rows(**columns)).describe() == line


def test_before_there_is_a_pool_columns_are_text() -> None:
    assert isinstance(find_learner("auto", fields=["body"]), TextLearner)
    assert isinstance(find_learner("auto", fields=["body"], pool=Rows(body=[])), TextLearner)


def test_every_registered_name_builds_a_learner() -> None:
    for name in LEARNERS:
        learner = find_learner(name, fields=["body"])
        assert learner.describe()
        assert learner.name


def test_import_paths_lead_to_estimators_learners_and_functions(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "own_learners.py").write_text(
        "from sklearn.linear_model import LogisticRegression\n"
        "ready = LogisticRegression(C=2)\n"
        "def build(): return LogisticRegression(C=3)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_learner("own_learners:ready", fields=["body"]).estimator.C == 2
    assert find_learner("own_learners:build", fields=["body"]).estimator.C == 3
    with pytest.raises(InputError, match="'own_learners:nothing' cannot be imported"):
        find_learner("own_learners:nothing", fields=["body"])


def test_a_learner_is_taken_as_it_is() -> None:
    learner = find_learner(LogisticRegression(), fields=["body"])
    assert find_learner(learner) is learner


def test_an_unknown_name_gets_a_hint() -> None:
    with pytest.raises(UnknownName, match="no learner called 'tfid'; did you mean 'tfidf'"):
        find_learner("tfid", fields=["body"])


def test_looking_a_learner_up_does_not_load_scikit_learn() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from asklearn.models import find_learner; "
        "find_learner('auto', fields=['body']).encoders(10); print('sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
