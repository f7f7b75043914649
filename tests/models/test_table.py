"""Tables: numbers, categories and texts together."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

from asklearn.models import find_learner
from asklearn.models.export import export_model, load_exported
from asklearn.models.table import code_column, learn_levels, number_column
from asklearn.tasks import SingleLabel


@pytest.fixture
def loans() -> tuple[pa.Table, np.ndarray]:
    """Age and status decide; some values are missing, numbers come as text."""
    rng = np.random.default_rng(1)
    age, status = rng.integers(18, 80, 200), rng.choice(["single", "married", "divorced"], 200)
    y = ((age > 45) ^ (status == "single")).astype(np.int64)
    ages = [None if n % 17 == 0 else str(one) for n, one in enumerate(age)]
    frame = {"age": ages, "status": [*status[:-1], None], "employed": rng.random(200) > 0.5}
    return pa.table({**frame, "note": [f"note {n} on the file of somebody" for n in range(200)]}), y


class Rows:
    """A pool, as far as kinds of columns go."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __len__(self) -> int:
        return self.table.num_rows

    def take(self, rows: np.ndarray, columns: list[str] | None = None) -> pa.Table:
        return self.table.take(rows).select(columns or self.table.column_names)


@pytest.mark.parametrize(
    "spec",
    ["auto", LogisticRegression(), GridSearchCV(LogisticRegression(), {"C": [0.1, 1]})],
    ids=["auto", "logistic", "search"],
)
@pytest.mark.parametrize(
    "fields", [("age", "status", "employed"), ("age", "status", "employed", "note")], ids=len
)
def test_a_table_is_learned_from(spec, fields, loans, trained, tmp_path) -> None:
    table, y = loans
    learner = find_learner(spec, fields=fields, pool=Rows(table))
    ready = trained(learner, table)
    ready.task = SingleLabel(["refused", "granted"])
    assert learner.columns == ("age", "status", "employed")
    model = ready.fit(range(120), y, pool=ready.inputs)
    assert model.columns == learner.columns
    P = model.predict_proba(ready.inputs)
    assert (P[120:].argmax(axis=1) == y[120:]).mean() > (0.75 if spec == "auto" else 0.5)

    model.save(str(tmp_path / "model.skops"))
    back = learner.load(str(tmp_path / "model.skops"), ready.task, ready.encoders)
    assert np.array_equal(back.predict_proba(ready.inputs), P)
    pipeline = load_exported(export_model(model, tmp_path / "out"))
    frame = pd.DataFrame(table.to_pydict())
    frame["age"] = frame["age"].astype(float)
    assert np.allclose(pipeline.predict_proba(frame), P, atol=1e-3)


def test_values_never_seen_do_no_harm(loans, trained) -> None:
    table, y = loans
    ready = trained(find_learner("auto", fields=("age", "status"), pool=Rows(table)), table)
    ready.task = SingleLabel(["refused", "granted"])
    pipeline = ready.fit(range(60), y).pipeline()
    strange = [{"age": "very old", "status": "widowed"}, {"age": None, "status": None}]
    assert pipeline.predict_proba(strange).shape == (2, 2)


def test_numbers_are_read_from_texts_times_and_flags() -> None:
    import datetime as dt

    assert number_column(pa.chunked_array([["1", " 2.5 ", "x", "", None]])).tolist()[:2] == [1.0, 2.5]
    assert np.isnan(number_column(pa.chunked_array([["x", None]]))).all()
    assert number_column(pa.chunked_array([[dt.date(1970, 1, 2)]])).tolist() == [86_400.0]
    assert number_column(pa.chunked_array([[1, None]]))[0] == 1.0


def test_categories_have_codes_by_frequency() -> None:
    column = pa.chunked_array([["b", "a", "b", None, "c"]])
    assert learn_levels(column) == ["b", "a", "c"]
    assert code_column(column, ["b", "a"]).tolist() == [0, 1, 0, -1, -1]
    assert learn_levels(pa.chunked_array([[True, False, True]])) == ["true", "false"]
