"""Taking items in: warm starts, weak models, repeats, duplicates, blanks, mistakes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from asklearn import InputError, Project, SingleLabel
from asklearn.core.errors import RowError

from .conftest import MESSAGES

CSV = """\
ticket_id,body,topic,guess
007,It crashes on start,bug,bug
1.0,Thank you so much,,praise
a b,"Crash, again",,bug
d,It crashes on start,,bug
e,   ,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tickets.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def test_the_report_counts_what_came(empty: Project, file: Path) -> None:
    report = empty.add(file, text="body", id="ticket_id", label="topic", prediction="guess")
    assert (report.rows, report.added, report.duplicates, report.blank, report.labelled) == (5, 5, 1, 1, 1)
    assert report.sentence == (
        "5 items added, 1 of them repeats another exactly, 1 blank and set aside, 1 came with a label."
    )
    assert report.delimiter is not None


def test_ids_keep_their_spelling_and_duplicates_share_the_label(empty: Project, file: Path) -> None:
    empty.add(file, text="body", id="ticket_id", label="topic")
    rows = {row["id"]: (row["label"], row["same_as"]) for row in empty.labels()}
    assert rows == {"007": ("bug", None), "d": ("bug", "007")}


def test_duplicates_that_bring_labels_of_their_own_keep_them_and_have_one_row_each(empty: Project) -> None:
    texts = {"a": "praise", "b": "bug", "c": None, "d": "praise"}
    items = [{"id": one, "body": "the very same", "topic": label} for one, label in texts.items()]
    empty.add(items, text="body", id="id", label="topic")
    rows = [(row["id"], row["label"], row["same_as"]) for row in empty.labels()]
    assert sorted(rows) == [
        ("a", "praise", None), ("b", "bug", None), ("c", "praise", "a"), ("d", "praise", None)
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_exported_labels_are_the_same_items_when_they_come_in_again(
    empty: Project, tmp_path: Path, ending: str
) -> None:
    item = {"id": "7", "body": "it crashes", "state": "open", "label": "old"}
    empty.add([item], text="body", id="id")
    empty.tell({"7": "bug"})
    empty.export(tmp_path / f"labels.{ending}")
    again = empty.add(tmp_path / f"labels.{ending}", label="label")
    assert (again.added, again.known, again.labelled) == (0, 1, 0)
    with Project.in_memory(task=SingleLabel(["bug", "praise"]), text="body") as other:
        other.add(tmp_path / f"labels.{ending}", label="label")
        assert other.pool.items([0])[0].fields == {"body": "it crashes", "state": "open", "label": "old"}
        assert [(row["id"], row["label"]) for row in other.labels()] == [("7", "bug")]


def test_a_prediction_that_is_no_label_is_refused_like_a_label(empty: Project) -> None:
    items = [{"id": "1", "body": "it crashes", "guess": "bog"}]
    with pytest.raises(InputError, match="'guess', item '1': 'bog' is not a label"):
        empty.add(items, text="body", id="id", prediction="guess")


def test_the_same_file_twice_adds_nothing_and_tells_nothing(empty: Project, file: Path) -> None:
    empty.add(file, text="body", id="ticket_id", label="topic")
    before = empty.events()
    again = empty.add(file, text="body", id="ticket_id", label="topic")
    assert (again.added, again.known, again.labelled) == (0, 5, 0)
    assert [event.kind for event in empty.events(since=before[-1].seq)] == ["added"]


def test_a_warm_start_trains_and_is_not_asked_again(empty: Project, file: Path) -> None:
    empty.add(file, text="body", id="ticket_id", label="topic")
    assert empty.learn().labels == 1
    assert {query.id for query in empty.ask(5)} == {"1.0", "a b"}


def test_an_item_answered_here_keeps_its_answer_when_a_file_says_otherwise(
    empty: Project, file: Path
) -> None:
    empty.add(file, text="body", id="ticket_id")
    empty.tell({"007": "praise"})
    assert empty.add(file, text="body", id="ticket_id", label="topic").labelled == 0
    assert {row["label"] for row in empty.labels()} == {"praise"}


def test_columns_of_a_weak_model_serve_as_round_zero(empty: Project, file: Path) -> None:
    empty.add(file, text="body", id="ticket_id", prediction="guess")
    suggested = {
        query.id: (query.suggestion.value, query.suggestion.source)
        for query in empty.ask(3)
        if query.suggestion is not None
    }
    assert (
        suggested.items()
        <= {
            "007": ("bug", "brought"),
            "1.0": ("praise", "brought"),
            "a b": ("bug", "brought"),
        }.items()
    )
    assert len(suggested) >= 2


def test_probabilities_of_a_weak_model_rank_the_first_questions() -> None:
    rows = [
        {"id": str(n), "body": f"message number {n}", "p_bug": p, "p_praise": 1 - p}
        for n, p in enumerate(np.linspace(0.02, 0.98, 25))
    ]
    project = Project.in_memory(
        task=SingleLabel(["bug", "praise"]), learner="tfidf", strategy="margin", slice_share=0.0
    )
    project.add(rows, id="id", text="body", probabilities="p_")
    assert project.ask(1)[0].id == "12"


def test_a_fitted_estimator_serves_as_round_zero(empty: Project) -> None:
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import make_pipeline

    weak = make_pipeline(CountVectorizer(), MultinomialNB())
    weak.fit(["it crashes", "crash again", "thank you", "great thanks"], ["bug", "bug", "praise", "praise"])
    empty.add(["another crash", "many thanks", "what a great thing"])
    empty.bring_model(weak)
    queries = [query for query in empty.ask(3) if query.suggestion is not None]
    assert queries
    assert all(query.suggestion is not None and query.suggestion.source == "brought" for query in queries)


def test_an_unknown_label_in_the_file_is_refused_whole(empty: Project, file: Path) -> None:
    file.write_text(CSV.replace(",bug,bug", ",bugg,bug"), encoding="utf-8")
    with pytest.raises(InputError, match=r"tickets.csv, column 'topic', item '007': 'bugg' is not a label"):
        empty.add(file, text="body", id="ticket_id", label="topic")
    assert len(empty.pool) == 0


def test_a_bad_row_stops_the_import_whole_or_is_set_aside_in_a_file(empty: Project, file: Path) -> None:
    file.write_text(CSV + "f,too,many,columns,here\n", encoding="utf-8")
    with pytest.raises(RowError, match=r"tickets.csv, line 7"):
        empty.add(file, text="body", id="ticket_id")
    assert len(empty.pool) == 0
    report = empty.add(file, text="body", id="ticket_id", on_error="skip")
    assert (report.added, report.skipped) == (5, 1)
    assert report.skipped_file is not None
    assert "too,many,columns" in Path(report.skipped_file).read_text(encoding="utf-8")


def test_changed_content_under_an_old_id_is_refused_revised_or_kept(empty: Project, file: Path) -> None:
    empty.add(file, text="body", id="ticket_id")
    file.write_text(CSV.replace("Thank you so much", "No thanks"), encoding="utf-8")
    with pytest.raises(InputError, match=r"1\.0"):
        empty.add(file, text="body", id="ticket_id")
    assert empty.add(file, text="body", id="ticket_id", on_change="keep").revised == 0
    assert empty.add(file, text="body", id="ticket_id", on_change="revise").revised == 1
    assert empty.story("1.0").item.fields["body"] == "No thanks"
    assert empty.story("1.0").item.revision == 2


def test_frames_arrays_and_lists_come_in(tmp_path: Path) -> None:
    import pandas as pd
    import polars as pl

    task = SingleLabel(["bug", "praise"])
    texts = MESSAGES.message[:6]
    for source in (
        pd.DataFrame({"body": texts}),
        pl.DataFrame({"body": texts}),
        [{"body": t} for t in texts],
    ):
        project = Project.in_memory(task=task, learner="tfidf")
        assert project.add(source, text="body").added == 6
    vectors = Project.in_memory(task=task)
    assert vectors.add(np.random.default_rng(0).normal(size=(40, 5))).added == 40
    batch = vectors.ask(10)
    vectors.tell(batch.answers({q.id: ("bug", "praise")[q.fields["vector"][0] > 0] for q in batch}))
    assert vectors.learn().labels == 10


def test_items_added_later_are_asked_too(empty: Project) -> None:
    empty.add(["it crashes"])
    empty.tell({empty.ask(1)[0].id: "bug"})
    empty.add(["thank you", "it crashes"])
    assert [query.fields["text"] for query in empty.ask(5)] == ["thank you"]


def test_a_pool_that_outgrows_its_first_sample_has_its_vocabulary_learned_anew(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p", task=SingleLabel(["bug", "praise"]), learner="tfidf") as project:
        project.add(["it crashes", "thank you"])
        batch = project.ask(2)
        project.tell({query.id: ("bug" if "crash" in query.fields["text"] else "praise") for query in batch})
        project.learn()
        project.add(MESSAGES.message)
        assert len(project.ask(5)) == 5
        assert project.is_due()
        project.learn()
        words = project.model.named_steps["fields"].encoders[0].transform(["exchange rate"])
        assert words.nnz > 0


def test_a_learner_of_foreign_types_is_trusted_where_its_owner_made_it(tmp_path: Path) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from tests.models.test_files import Constant

    learner = make_pipeline(TfidfVectorizer(), Constant())
    with Project.create(tmp_path / "p", task=SingleLabel(["bug", "praise"]), learner=learner) as project:
        project.add(["it crashes", "thank you", "it broke"])
        project.tell({query.id: "bug" for query in project.ask(3)})
        project.learn()
    with Project.open(tmp_path / "p") as again:
        assert list(again.model.predict(["what now"])) == ["bug"]


def test_a_label_corrected_in_the_file_is_taken_and_a_persons_answer_stays(
    empty: Project, file: Path
) -> None:
    empty.add(file, text="body", id="ticket_id", label="topic")
    empty.tell({"a b": "bug"}, annotator="ana")
    file.write_text(
        CSV.replace("on start,bug,bug", "on start,praise,bug").replace('again",,bug', 'again",praise,bug'),
        encoding="utf-8",
    )
    report = empty.add(file, text="body", id="ticket_id", label="topic")
    assert (report.labelled, report.corrected, report.contradicted) == (0, 1, 1)
    assert "1 label corrected, 1 has another answer here, which stays" in report.sentence
    assert {row["id"]: row["label"] for row in empty.labels()}["007"] == "praise"
    assert {row["id"]: row["label"] for row in empty.labels()}["a b"] == "bug"


def test_a_forgotten_item_stays_forgotten_when_its_labelled_file_comes_again(empty: Project) -> None:
    rows = [{"id": one, "body": f"text {one}", "label": "bug"} for one in "abc"]
    empty.add(rows, text="body", label="label")
    empty.forget(["a"])
    report = empty.add(rows, text="body", label="label")
    assert (report.added, report.known, report.labelled) == (0, 2, 0)
    assert empty.status().labelled == 2
