"""Changes of the label set: shown first, done on demand, history kept."""

from __future__ import annotations


def names(run):
    return [one["name"] for one in run("labels", "--json").data["options"]]


def test_labels_are_listed_with_what_is_labelled(run, taught):
    listed = run("labels", "--json").data
    assert [one["name"] for one in listed["options"]] == ["billing", "bug", "praise"]
    assert len(listed["labels"]) == 12
    assert "12 items have a label" in run("labels").out


def test_without_yes_nothing_changes_and_the_sentence_says_what_would(run, taught):
    refused = run("labels", "delete", "bug")
    assert refused.code == 1
    assert "4 items will be asked again" in refused.err
    assert "--yes" in refused.err
    assert names(run) == ["billing", "bug", "praise"]


def test_json_without_yes_is_a_preview(run, taught):
    preview = run("labels", "rename", "bug", "defect", "--json")
    assert (preview.code, preview.data["changed"], preview.data["touches"]["kept"]) == (0, False, 12)
    assert names(run) == ["billing", "bug", "praise"]


def test_a_renamed_label_keeps_its_answers(run, taught):
    done = run("labels", "rename", "bug", "defect", "--yes")
    assert done.out == "The label set is now version 2: billing, defect, praise.\n"
    assert run("status", "--json").data["class_counts"] == {"billing": 4, "defect": 4, "praise": 4}


def test_merged_labels_take_their_answers_along(run, taught):
    assert run("labels", "merge", "bug", "billing", "--into", "trouble", "--yes").code == 0
    assert run("status", "--json").data["class_counts"] == {"trouble": 8, "praise": 4}


def test_a_split_label_is_asked_again(run, taught):
    done = run("labels", "split", "bug", "--into", "crash", "--into", "glitch", "--yes", "--json")
    assert (done.data["touches"]["asked_again"], done.data["changed"]) == (4, True)
    assert run("status", "--json").data["labelled"] == 8


def test_a_label_is_added_and_described(run, taught):
    assert (
        run("labels", "add", "question", "--description", "Somebody asks.", "--key", "q", "--yes").code == 0
    )
    assert run("labels", "describe", "bug", "Something is broken.", "--yes").code == 0
    options = {one["name"]: one for one in run("labels", "--json").data["options"]}
    assert (options["question"]["key"], options["bug"]["description"]) == ("q", "Something is broken.")


def test_a_label_that_is_not_there_is_said(run, taught):
    refused = run("labels", "rename", "bugs", "defect", "--yes")
    assert refused.code == 1
    assert "'bugs' is not a label of this task" in refused.err
