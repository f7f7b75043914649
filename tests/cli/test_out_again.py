"""What comes out: labels, annotations, provenance, the model, its predictions."""

from __future__ import annotations

import csv
import json

import pytest


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_labels_go_to_a_csv_named_after_the_project(run, taught, tmp_path):
    done = run("export")
    assert done.out == "The labels are in tickets-labels.csv.\n"
    rows = read(tmp_path / "tickets-labels.csv")
    assert len(rows) == 12
    assert {"id", "label", "body"} <= set(rows[0])


@pytest.mark.parametrize("what", ["annotations", "provenance"])
def test_so_does_the_rest(run, taught, tmp_path, what):
    assert run("export", "out.jsonl", "--what", what, "--json").data["what"] == what
    assert (tmp_path / "out.jsonl").exists()


def test_an_export_never_writes_over_a_file_unasked(run, taught, tmp_path):
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    refused = run("export", "out.csv")
    assert refused.code == 1
    assert "exists already" in refused.err
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"
    assert run("export", "out.csv", "--force").code == 0


def test_an_exported_model_predicts_as_the_project_does(run, taught, tmp_path):
    assert run("export", "model.skops", "--what", "model").code == 0
    by_file = run("predict", "model.skops", "tickets.csv", "--id", "ticket_id", "--json")
    by_project = run("predict", "tickets", "tickets.csv", "--id", "ticket_id", "--json")
    assert by_file.code == 0, by_file.out
    assert by_file.data == by_project.data
    assert len(by_file.data) == 90
    assert sum(by_file.data[0]["probabilities"].values()) == pytest.approx(1)


def test_a_folder_for_hugging_face_is_called_datasets(run, taught, tmp_path):
    assert run("export", "hub", "--format", "datasets").code == 0
    assert (tmp_path / "hub" / "data" / "train.parquet").is_file()
    assert (tmp_path / "hub" / "README.md").is_file()


@pytest.mark.parametrize("args", [["m.csv"], ["--format", "csv"]])
def test_a_model_is_never_written_as_if_it_were_a_table(run, taught, tmp_path, args):
    refused = run("export", "--what", "model", *args)
    assert refused.code == 1
    assert "skops" in refused.err
    assert not (tmp_path / "m.csv").exists()


def test_predictions_that_fail_leave_the_file_as_it_was(run, taught, tmp_path):
    (tmp_path / "bad.csv").write_text('ticket_id,body\n1,fine\n2,"bad" quote\n', encoding="utf-8")
    (tmp_path / "out.csv").write_text("mine", encoding="utf-8")
    assert run("predict", "tickets", "bad.csv", "--output", "out.csv").code == 1
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "mine"


def test_a_model_of_scikit_learn_reads_the_texts_of_a_named_column(run, taught, tmp_path):
    import skops.io
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    foreign = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(
        ["good one", "bad one"], ["yes", "no"]
    )
    skops.io.dump(foreign, tmp_path / "foreign.skops")
    unnamed = run("predict", "foreign.skops", "tickets.csv")
    assert (unnamed.code, "--text" in unnamed.err) == (1, True)
    named = run("predict", "foreign.skops", "tickets.csv", "--text", "body", "--json")
    assert len(named.data) == 90


def test_predictions_are_csv_on_stdout_and_files_on_demand(run, taught, tmp_path):
    shown = run("predict", "tickets", "tickets.csv", "--id", "ticket_id")
    assert shown.code == 0, shown.err
    first = next(csv.DictReader(shown.out.splitlines()))
    assert list(first) == ["id", "label", "probability", "p_billing", "p_bug", "p_praise"]
    run("predict", "tickets", "tickets.csv", "--id", "ticket_id", "--output", "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["id"] == first["id"]


def test_a_text_column_with_another_name_is_named(run, taught, tmp_path):
    (tmp_path / "new.csv").write_text("words\nthe app has an error\n", encoding="utf-8")
    refused = run("predict", "tickets", "new.csv")
    assert refused.code == 1
    assert "The model reads 'body'" in refused.err
    assert run("predict", "tickets", "new.csv", "--text", "words", "--json").data[0]["label"] in (
        "billing", "bug", "praise",
    )  # fmt: skip


def test_without_a_model_it_says_what_to_do(run, tickets):
    refused = run("predict", "tickets", "tickets.csv")
    assert refused.code == 3


def test_a_file_that_is_no_model_is_refused(run, tickets, tmp_path):
    refused = run("predict", "tickets.csv", "tickets.csv")
    assert refused.code == 1
    assert "tickets.csv" in refused.err
