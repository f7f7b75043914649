"""Provenance: the story of an item, events, exports; forgetting, backup, integrity."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from asklearn import InputError, Project
from asklearn.core.errors import NotFound, StorageError
from asklearn.core.records import Answer
from asklearn.datasets.bank_messages import TOPICS

from .conftest import MESSAGES, TRUTH


@pytest.fixture
def worked(project: Project) -> Project:
    """Two rounds, a skip, a flag, an undo."""
    for _ in range(2):
        batch = project.ask(12, annotator="ana")
        project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}), annotator="ana")
        project.learn()
    one, two = project.ask(2, annotator="ana")
    project.tell(
        [
            Answer(item=one.id, query=one.key, kind="skip"),
            Answer(item=two.id, query=two.key, kind="flag", comment="two requests in one"),
        ],
        annotator="ana",
    )
    return project


def test_the_story_tells_when_why_who_and_which_models(worked: Project) -> None:
    first = worked.answers("ana", limit=100)[-1]
    story = worked.story(first.item)
    assert story.label is not None
    assert story.label.value == first.label
    assert story.models == (1, 2)
    assert [one.annotator for one in story.annotations] == ["ana"]
    text = "\n".join(story.sentences)
    assert "Asked (" in text
    assert f"ana answered {first.name}" in text
    assert "It trained models 1, 2." in text


def test_the_story_of_an_item_never_asked(worked: Project) -> None:
    with pytest.raises(NotFound, match="no item 'nowhere'"):
        worked.story("nowhere")
    asked = {event.subject for event in worked.events()}
    untouched = next(one for one in MESSAGES.id[:200] if one not in asked)
    assert worked.story(untouched).models == ()


def test_a_comment_and_an_undo_are_in_the_story(worked: Project) -> None:
    flagged = next(one for one in worked.answers("ana") if one.kind == "flag")
    worked.undo(annotator="ana", key=flagged.key)
    text = "\n".join(worked.story(flagged.item).sentences)
    assert "flagged it" in text
    assert "two requests in one" in text
    assert "took the answer back" in text


def test_events_are_gapless_and_can_be_read_from_anywhere(worked: Project) -> None:
    events = worked.events()
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert {"created", "added", "queue", "annotation", "round"} <= {event.kind for event in events}
    assert worked.events(since=events[4].seq) == events[5:]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("what", ["labels", "annotations", "provenance"])
def test_exports_have_their_rows(worked: Project, tmp_path: Path, suffix: str, what: str) -> None:
    path = tmp_path / f"out{suffix}"
    rows = worked.export(path, what=what)
    assert rows == {"labels": 24, "annotations": 26, "provenance": 26}[what]
    assert path.stat().st_size > 0


def test_exported_labels_come_in_again_unchanged(worked: Project, tmp_path: Path) -> None:
    worked.export(tmp_path / "labels.csv")
    with Project.create(tmp_path / "again", task=worked.task, learner="tfidf") as again:
        report = again.add(tmp_path / "labels.csv", id="id", text="body", label="label")
        assert report.labelled == 24
        old = {row["id"]: (row["label"], row["body"]) for row in worked.labels()}
        assert {row["id"]: (row["label"], row["body"]) for row in again.labels()} == old


def test_an_unknown_export_is_refused(worked: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no export of 'everything'; there are: labels, annotations"):
        worked.export(tmp_path / "x.csv", what="everything")


def test_the_exported_model_predicts_by_itself(worked: Project, tmp_path: Path) -> None:
    from asklearn.models.export import load_exported

    path = worked.export_model(tmp_path / "model.skops")
    pipeline = load_exported(path)
    texts = MESSAGES.message[:20]
    assert list(pipeline.predict(texts)) == list(worked.model.predict(texts))
    assert "Trained on 24 labels" in (tmp_path / "model.md").read_text()


def test_forgetting_erases_everywhere_and_names_the_models(worked: Project) -> None:
    gone = worked.answers("ana", limit=100)[-1]
    text = str(gone.fields["body"])
    assert worked.forget([gone.item]) == {"erased": 1, "models": [1, 2]}
    with pytest.raises(NotFound):
        worked.story(gone.item)
    assert worked.path is not None
    worked.close()
    kept = b"".join(path.read_bytes() for path in (worked.path / "pool").rglob("*") if path.is_file())
    assert text.encode() not in kept
    with Project.open(worked.path) as again:
        assert again.status().labelled == 23
        assert again.check() == []


def test_a_backup_opens_and_goes_on(worked: Project, tmp_path: Path) -> None:
    with Project.open(worked.backup(tmp_path / "copy")) as copy:
        assert copy.status().labelled == 24
        assert len(copy.ask(5)) == 5
        assert copy.check() == []
    with pytest.raises(InputError, match="is there already"):
        worked.backup(tmp_path / "copy")


def test_what_a_killed_learning_left_behind_is_removed(worked: Project) -> None:
    assert worked.path is not None
    worked.close()
    models = worked.path / "models"
    shutil.copytree(models / "2", models / "3")
    (models / ".tmp-half").mkdir()
    with Project.open(worked.path):
        assert sorted(path.name for path in models.iterdir()) == ["1", "2"]


def test_a_model_that_was_tampered_with_is_found(worked: Project) -> None:
    assert worked.path is not None
    (worked.path / "models" / "2" / "card.md").write_text("better than it is")
    assert worked.check() == ["The files of model 2 are not those that were written; restore a backup."]


def test_a_backup_has_the_weak_model_that_was_brought_along(project: Project, tmp_path: Path) -> None:
    texts = ["Where is my card?", "How much is a pound?"]
    project.bring_model(make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(texts, list(TOPICS)[:2]))
    with Project.open(project.backup(tmp_path / "copy")) as copy:
        shown = [query.suggestion for query in copy.ask(5)]
        assert {one.source for one in shown if one is not None} == {"brought"}


def test_a_pool_that_is_gone_is_said(worked: Project) -> None:
    assert worked.path is not None
    worked.close()
    shutil.rmtree(worked.path / "pool")
    with pytest.raises(StorageError, match="pool is empty or missing, though items were asked"):
        Project.open(worked.path)


def test_a_backup_while_items_come_in_is_the_pool_before_or_after(project: Project, tmp_path: Path) -> None:
    assert project.path is not None
    more = [{"id": f"more-{place}", "body": f"one more {place}"} for place in range(50)]
    with Project.open(project.path) as other, ThreadPoolExecutor(1) as beside:
        adding = [beside.submit(other.add, more[place : place + 1], text="body") for place in range(50)]
        copies = [project.backup(tmp_path / f"copy-{turn}") for turn in range(5)]
        assert all(done.result().added == 1 for done in adding)
    for copy in copies:
        with Project.open(copy) as again:
            assert 200 <= len(again.pool) <= 250
            assert again.check() == []


def test_forgetting_leaves_no_features_of_encoders_before(project: Project) -> None:
    assert project.path is not None
    project.ask(1)
    project.add([{"id": f"new-{place}", "body": f"other words zebra{place}"} for place in range(3000)])
    project.ask(1)
    folders = project.path / "features"
    assert len(list(folders.iterdir())) == 2
    project.forget(["new-7"])
    assert len(list(folders.iterdir())) == 1
    project.ask(1)
