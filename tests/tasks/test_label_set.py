"""Label sets: names as people write them, stable ids, and changes that keep history."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from asklearn import InputError
from asklearn.tasks import LabelOption, SingleLabel, task_from_json

NAMES = some.lists(
    some.text(min_size=1, max_size=12).filter(lambda name: name.strip()), min_size=2, max_size=8, unique=True
)


def test_names_keep_their_spelling() -> None:
    names = ["None", "1", "N/A", "bug, minor", "a/b", " spaced "]
    task = SingleLabel(names)
    assert list(task.names) == names
    assert [task.validate(name) for name in names] == names


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ([], "at least one label"),
        (["bug", "bug"], "given twice"),
        (["bug", "  "], "blank"),
        ("bug", "list of names"),
        ([1, 2], "got 1 (int)"),
        (["x" * 201], "longer than 200"),
        ([LabelOption("a", "a", key="!")], "one letter"),
        ([LabelOption("a", "a", key="k"), LabelOption("b", "b", key="k")], "given to both"),
    ],
)
def test_label_sets_that_cannot_be_are_refused_in_one_sentence(labels: object, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("(", r"\(").replace(")", r"\)")):
        SingleLabel(labels)  # type: ignore[arg-type]


def test_a_value_that_is_no_label_names_those_there_are() -> None:
    with pytest.raises(
        InputError, match="'bugs' is not a label of this task; its labels are 'bug', 'praise'"
    ):
        SingleLabel(["bug", "praise"]).validate("bugs")


def test_a_rename_keeps_answers() -> None:
    task = SingleLabel(["bug", "praise"]).rename("bug", "defect")
    assert task.migrate("bug", version=1) == "bug"
    assert task.display("bug") == "defect"
    assert task.version == 2


def test_a_merge_moves_answers() -> None:
    task = SingleLabel(["bug", "crash", "praise"]).combine(["bug", "crash"], "defect")
    assert task.names == ("defect", "praise")
    assert task.migrate("crash", version=1) == task.migrate("bug", version=1) == task.validate("defect")


def test_a_merge_into_one_of_the_labels_keeps_its_id() -> None:
    task = SingleLabel(["bug", "crash", "praise"]).combine(["bug", "crash"], "bug")
    assert task.names == ("bug", "praise")
    assert task.migrate("crash", version=1) == "bug"


def test_a_split_and_a_delete_ask_again() -> None:
    task = SingleLabel(["bug", "praise", "other"]).split("bug", ["crash", "typo"]).delete("other")
    assert task.names == ("crash", "typo", "praise")
    assert task.migrate("bug", version=1) is None
    assert task.migrate("other", version=1) is None
    assert task.migrate("praise", version=1) == "praise"


def test_a_name_used_again_is_another_label() -> None:
    task = SingleLabel(["bug", "praise"]).delete("bug").add("bug")
    assert task.migrate("bug", version=1) is None
    assert task.validate("bug") == "bug~2"
    assert task.migrate(task.validate("bug"), version=task.version) == "bug~2"


def test_an_answer_given_between_changes_is_read_from_its_own_version() -> None:
    first = SingleLabel(["a", "b", "c"])
    second = first.combine(["a", "b"], "ab")
    third = second.combine(["ab", "c"], "abc")
    assert third.migrate("a", first.version) == third.validate("abc")
    assert third.migrate(second.validate("ab"), second.version) == third.validate("abc")


@given(NAMES)
def test_definition_and_history_survive_json(names: list[str]) -> None:
    task = SingleLabel(names, guidelines="read twice").rename(names[0], names[0] + "!x")
    assert task_from_json(task.to_json()) == task


@given(NAMES, some.data())
def test_encoding_is_the_class_order(names: list[str], data: some.DataObject) -> None:
    task = SingleLabel(names)
    values = data.draw(some.lists(some.sampled_from(task.classes)))
    assert task.decode(task.encode(values)) == values


def test_merging_answers_takes_most_weight_and_breaks_ties_by_class_order() -> None:
    task = SingleLabel(["a", "b"])
    assert task.merge(["b", "b", "a"], [1, 1, 1]) == ("b", pytest.approx(2 / 3))
    assert task.merge(["b", "a"], [1, 1]) == ("a", 0.5)
