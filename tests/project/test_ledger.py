"""What has been said so far: labels and counts that follow what the store keeps."""

from __future__ import annotations

from asklearn import Project
from asklearn.core.records import Answer


def test_a_skip_after_an_answer_sets_the_item_aside(project: Project) -> None:
    item = project.ask(1)[0].id
    project.tell({item: "Exchange rate"})
    project.tell([Answer(item=item, kind="skip")])
    status = project.status()
    assert (status.labelled, status.set_aside) == (0, 1)
    project.tell({item: "Exchange rate"})
    status = project.status()
    assert (status.labelled, status.set_aside) == (1, 0)


def test_taking_back_a_skip_takes_no_answer_off_the_day(project: Project) -> None:
    first, second = project.ask(2)
    project.tell({first.id: "Exchange rate"})
    project.tell([Answer(item=second.id, query=second.key, kind="skip")])
    assert project.progress("me").today == 1
    project.undo()
    assert project.progress("me").today == 1
    project.undo()
    assert project.progress("me").today == 0
