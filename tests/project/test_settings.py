"""The settings file: commented, edited by hand, written by compare-and-swap."""

from pathlib import Path

import pytest

from asklearn import Project
from asklearn.core.errors import Conflict, InputError, SettingsError, StorageError
from asklearn.project.settings import FILE_NAME, Settings, read_settings, write_settings
from asklearn.stopping import Budget, Stable
from asklearn.tasks import SingleLabel

TASK = SingleLabel(["bug", "N/A", "a, b"], guidelines='Say "no"\nwhen unsure.')


@pytest.fixture
def written(tmp_path: Path) -> Settings:
    return write_settings(tmp_path, Settings(name="tickets", task=TASK, text=("body",)))


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / FILE_NAME
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    settings = Settings(
        name="tickets", task=TASK, seed=7, text=("title", "body"), strategy={"name": "margin"},
        rule=Stable(patience=2) & Budget(labels=50), slice_share=0.2, overlap=2, trusted=("my.Type",),
    )  # fmt: skip
    written = write_settings(tmp_path, settings)
    assert read_settings(tmp_path, TASK.to_json()) == written
    assert written.goal == 50


def test_comments_and_order_stay(tmp_path: Path, written: Settings) -> None:
    edit(tmp_path, "seed = 0", "seed = 0  # agreed with Ana")
    settings = read_settings(tmp_path, TASK.to_json())
    write_settings(tmp_path, settings.having(overlap=3))
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert "# agreed with Ana" in text
    assert "overlap = 3" in text


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path, written: Settings) -> None:
    edit(tmp_path, "overlap = 1", "overlap = 2")
    with pytest.raises(Conflict, match="changed meanwhile"):
        write_settings(tmp_path, written.having(seed=3))
    assert read_settings(tmp_path).overlap == 2


def test_labels_edited_by_hand_become_a_new_version(tmp_path: Path, written: Settings) -> None:
    edit(tmp_path, 'name = "bug"', 'name = "defect"')
    task = read_settings(tmp_path, TASK.to_json()).task
    assert task.names == ("defect", "N/A", "a, b")
    assert task.version == 2
    assert task.migrate("bug", version=1) == "bug"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("seed = 0", "seed = ", "not valid TOML"),
        ("seed = 0", 'seed = "x"', "seed must be a whole number, but is 'x'"),
        ("slice_share = 0.1", "slice_share = 2", "slice_share must be from 0 to 0.9"),
        ("overlap = 1", "overlap = 0", "overlap must be at least 1"),
        ("overlap = 1", "overlaps = 1", "did you mean 'overlap'"),
        ("[labelling]", "[labeling]", "called 'labeling'"),
        ('rule = "stable"', 'rule = "stabel"', "did you mean 'stable'"),
        ('name = "bug"', 'name = "N/A"', "given twice"),
        ('suggestion = "shown"', 'suggestion = "never"', "suggestion must be"),
    ],
)
def test_a_file_broken_by_hand_is_one_sentence_that_names_the_place(
    tmp_path: Path, written: Settings, old: str, new: str, says: str
) -> None:
    edit(tmp_path, old, new)
    with pytest.raises(SettingsError, match=says) as caught:
        read_settings(tmp_path, TASK.to_json())
    assert FILE_NAME in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is missing"):
        read_settings(tmp_path)


def reread(folder: Path, task: SingleLabel) -> SingleLabel:
    """The task as read anew, as each opening of the project does."""
    return read_settings(folder, task.to_json()).task


@pytest.mark.parametrize("id_line", ['id = "outage"\n', 'id = "Outage"\n', ""])
def test_a_label_added_by_hand_is_one_change_however_often_the_file_is_read(
    tmp_path: Path, written: Settings, id_line: str
) -> None:
    edit(tmp_path, "[[task.labels]]", f'[[task.labels]]\n{id_line}name = "Outage"\n\n[[task.labels]]')
    task = reread(tmp_path, TASK)
    assert (task.names, task.version) == (("Outage", "bug", "N/A", "a, b"), 2)
    assert reread(tmp_path, task) == task


def test_a_label_deleted_and_put_back_by_hand_is_new_once(tmp_path: Path, written: Settings) -> None:
    block = '[[task.labels]]\nid = "bug"\nname = "bug"\n'
    edit(tmp_path, block, "")
    without = reread(tmp_path, TASK)
    assert without.names == ("N/A", "a, b")
    edit(tmp_path, "[[task.labels]]", f"{block}\n[[task.labels]]")
    again = reread(tmp_path, without)
    assert again.names == TASK.names
    assert again.migrate("bug", version=1) is None
    assert reread(tmp_path, again) == again


def test_all_labels_replaced_by_hand_leave_nothing_of_the_old(tmp_path: Path, written: Settings) -> None:
    path = tmp_path / FILE_NAME
    for old, new in (("bug", "x"), ("N/A", "y"), ("a, b", "z")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f'id = "{old}"\nname = "{old}"', f'name = "{new}"'), encoding="utf-8")
    task = reread(tmp_path, TASK)
    assert task.classes == ("x", "y", "z")
    assert [task.migrate(one, version=1) for one in TASK.classes] == [None, None, None]
    assert reread(tmp_path, task) == task


def test_a_name_that_another_label_had_before_is_a_new_label(tmp_path: Path, written: Settings) -> None:
    edit(tmp_path, 'name = "bug"', 'name = "defect"')
    task = reread(tmp_path, TASK)
    edit(tmp_path, "[[task.labels]]", '[[task.labels]]\nname = "bug"\n\n[[task.labels]]')
    task = reread(tmp_path, task)
    assert task.names == ("bug", "defect", "N/A", "a, b")
    assert task.display("bug") == "defect"
    assert reread(tmp_path, task) == task


def test_a_copied_label_that_kept_its_id_is_refused(tmp_path: Path, written: Settings) -> None:
    copied = '[[task.labels]]\nid = "bug"\nname = "Outage"\n\n[[task.labels]]'
    edit(tmp_path, "[[task.labels]]", copied)
    for history in (TASK.to_json(), None):
        with pytest.raises(SettingsError, match="'Outage' and 'bug' have the same id 'bug'"):
            read_settings(tmp_path, history)


def test_a_project_without_its_store_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    Project.create(tmp_path / "tickets", task=TASK).close()
    for file in (tmp_path / "tickets").glob("store.db*"):
        file.unlink()
    with pytest.raises(StorageError, match=r"store\.db is missing"):
        Project.open(tmp_path / "tickets")


def test_a_list_of_labels_is_no_task_and_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="SingleLabel"):
        Project.create(tmp_path / "tickets", task=["a", "b"])  # type: ignore[arg-type]
    assert not (tmp_path / "tickets").exists()
