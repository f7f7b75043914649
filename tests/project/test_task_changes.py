"""Label set changes half-way: previewed, mapped, asked again where they must be."""

from __future__ import annotations

from asklearn import Project

from .conftest import TRUTH


def label_all(project: Project, n: int = 30) -> None:
    batch = project.ask(n)
    project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))


def count(project: Project) -> dict[str, int]:
    return dict(project.status().class_counts)


def test_a_rename_keeps_labels_and_the_next_model_has_the_new_name(project: Project) -> None:
    label_all(project)
    project.learn()
    before = count(project)
    touched = project.change_task(project.task.rename("Exchange rate", "Rates"))
    assert (touched.moved, touched.asked_again) == (0, 0)
    assert count(project)["Rates"] == before["Exchange rate"]
    assert len(project.ask(5)) == 5
    assert project.is_due()
    project.learn()
    assert "Rates" in project.model.classes_


def test_a_merge_moves_labels_and_makes_a_model_due(project: Project) -> None:
    label_all(project)
    project.learn()
    before = count(project)
    task = project.task.combine(["Pending transfer", "Transfer timing"], "Transfer")
    preview = project.preview_task(task)
    assert count(project) == before
    touched = project.change_task(task)
    assert touched == preview
    assert touched.moved == before["Pending transfer"] + before["Transfer timing"]
    assert count(project)["Transfer"] == touched.moved
    assert project.is_due()
    assert project.learn().task_version == task.version


def test_a_deleted_label_asks_its_items_again(project: Project) -> None:
    label_all(project, 200)
    lost = [row["id"] for row in project.labels() if row["label"] == "Exchange rate"]
    touched = project.change_task(project.task.delete("Exchange rate"))
    assert touched.asked_again == len(lost)
    again = project.ask(len(lost), annotator="bo")
    assert {query.id for query in again} == set(lost)


def test_a_new_label_can_be_given_at_once_and_learned(project: Project) -> None:
    label_all(project)
    project.change_task(project.task.add("Something else", description="None of the others."))
    query = project.ask(1)[0]
    project.tell({query.id: "Something else"})
    project.learn()
    assert "Something else" in project.model.classes_


def test_history_survives_reopening(project: Project) -> None:
    label_all(project)
    project.change_task(project.task.combine(["Pending transfer", "Transfer timing"], "Transfer"))
    before = count(project)
    assert project.path is not None
    with Project.open(project.path) as again:
        assert count(again) == before
        assert again.task.version == 2


def test_labels_edited_in_the_file_are_noticed_while_open(project: Project) -> None:
    label_all(project)
    assert project.path is not None
    path = project.path / "asklearn.toml"
    path.write_text(path.read_text().replace('name = "Exchange rate"', 'name = "Rates"'))
    assert "Rates" in count(project)
    assert [event.kind for event in project.events()].count("task") == 1


def test_a_change_interrupted_between_store_and_file_is_completed(project: Project) -> None:
    label_all(project)
    assert project.path is not None
    task = project.task.combine(["Pending transfer", "Transfer timing"], "Transfer")
    project.store.put("task before", project.task.to_json())
    project.store.put("task", task.to_json())  # and here the process was killed
    with Project.open(project.path) as again:
        assert again.task == task
        assert "Transfer" in (project.path / "asklearn.toml").read_text()


def test_a_merge_in_one_process_is_a_merge_in_the_others(project: Project) -> None:
    label_all(project)
    before = len(project.labels())
    assert project.path is not None
    with Project.open(project.path) as other:
        other.change_task(other.task.combine(["Pending transfer", "Transfer timing"], "Transfer"))
        assert project.task == other.task
    assert len(project.labels()) == before
    with Project.open(project.path) as again:
        assert again.task == project.task


def test_a_change_that_is_reverted_in_the_file_stays_reverted(project: Project) -> None:
    assert project.path is not None
    file = project.path / "asklearn.toml"
    text = file.read_text(encoding="utf-8")
    project.change_task(project.task.rename("Exchange rate", "Rates"))
    project.close()
    file.write_text(text, encoding="utf-8")
    with Project.open(project.path) as again:
        assert "Exchange rate" in again.task.names
        assert again.task.version == 3


def test_a_file_broken_while_the_project_is_open_costs_no_answer(project: Project) -> None:
    assert project.path is not None
    file = project.path / "asklearn.toml"
    text = file.read_text(encoding="utf-8")
    for broken in ("", text.replace("overlap = 1", "overlap =")):
        file.write_text(broken, encoding="utf-8")
        label_all(project, 3)
        assert "asklearn.toml" in project.status().warnings[0]
    file.write_text(text.replace("overlap = 1", "overlap = 2"), encoding="utf-8")
    assert project.settings.overlap == 2
    assert not any("asklearn.toml" in one for one in project.status().warnings)
    assert len(project.labels()) == 6


def test_a_reason_names_the_labels_it_was_given_for_whatever_changes_later(project: Project) -> None:
    label_all(project, 60)
    project.learn()
    asked = next(one for one in project.ask(20) if one.reason.kind == "margin")
    first = [project.task.display(one) for one in asked.reason.labels]
    other = next(name for name in project.task.names if name not in first)
    project.change_task(project.task.delete(other).rename(first[0], "Another name"))
    said = next(one for one in project.story(asked.id).sentences if "Asked because" in one)
    assert "Another name" in said
    assert first[1] in said
