"""The loop as a library: add, ask, tell, learn, verdict, labels, model, run."""

from __future__ import annotations

from pathlib import Path

import pytest

from asklearn import InputError, Project, SingleLabel, stopping
from asklearn import strategies as st
from asklearn.core.errors import Conflict, NotFound, NothingToAsk, NotReady
from asklearn.core.records import Answer
from asklearn.datasets.bank_messages import TOPICS

from .conftest import MESSAGES, TRUTH, fill


def answer(project: Project, n: int, **more: object) -> list[str]:
    batch = project.ask(n, **more)  # type: ignore[arg-type]
    project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))
    return [query.id for query in batch]


def test_the_loop_of_the_readme(tmp_path: Path) -> None:
    project = Project.create(
        tmp_path / "tickets",
        task=SingleLabel(TOPICS),
        learner="auto",
        strategy="auto",
        stop=stopping.Stable(patience=3) | stopping.Budget(labels=800),
        seed=0,
    )
    fill(project, 120)
    batch = project.ask(20, annotator="ana")
    assert len(batch) == 20
    assert all(query.suggestion is not None for query in batch if query.purpose == "train")
    project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))
    done = project.learn()
    assert (done.number, done.labels) == (1, 20)
    assert project.verdict().state in ("too early to say", "continue")
    labels = project.labels().to_pandas()
    assert dict(zip(labels["id"], labels["label"], strict=True)) == {one.id: TRUTH[one.id] for one in batch}
    assert set(project.model.predict(["where is my card"])) <= set(TOPICS)
    assert list(project.model.classes_) == list(TOPICS) or set(project.model.classes_) == set(TOPICS)
    project.close()


def test_no_item_is_asked_twice(project: Project) -> None:
    asked: list[str] = []
    for _ in range(5):
        asked += answer(project, 12)
        project.learn()
    assert len(asked) == len(set(asked)) == 60


def test_the_same_seed_asks_the_same_in_a_folder_and_in_memory(tmp_path: Path) -> None:
    def asked(project: Project) -> list[str]:
        ids = []
        for _ in range(4):
            ids += answer(fill(project) if not len(project.pool) else project, 10)
            project.learn()
        return ids

    task = SingleLabel(TOPICS)
    in_folder = asked(Project.create(tmp_path / "a", task=task, learner="tfidf", seed=5))
    in_memory = asked(Project.in_memory(task=task, learner="tfidf", seed=5))
    other = asked(Project.in_memory(task=task, learner="tfidf", seed=6))
    assert in_folder == in_memory != other


def test_one_question_in_ten_is_random_and_shows_no_suggestion(project: Project) -> None:
    batch = project.ask(40)
    random = [query for query in batch if query.purpose == "slice"]
    assert len(random) == 4
    assert all(query.suggestion is None and query.draw.pi is not None for query in random)


def test_the_slice_is_the_same_whatever_the_strategy_asks(tmp_path: Path) -> None:
    def drawn(strategy: object) -> list[str]:
        project = fill(Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf", strategy=strategy))  # type: ignore[arg-type]
        ids: list[str] = []
        for _ in range(3):
            batch = project.ask(20)
            ids += [query.id for query in batch if query.purpose == "slice"]
            project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))
            project.learn()
        return ids

    # an item that the strategy asked first is not asked again, so one list may lack what the other has
    margin, random = drawn(st.Margin()), drawn(st.Random())
    order = [one for one in margin if one in random]
    assert order == [one for one in random if one in margin]
    assert len(order) >= 4


@pytest.mark.parametrize("strategy", ["random", "margin", "entropy", "least-confidence", "auto"])
def test_every_strategy_turns_the_loop(strategy: str) -> None:
    project = fill(Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf", strategy=strategy), 80)
    verdict = project.run(lambda item: TRUTH[item.id], batch_size=15, labels=45)
    assert project.status().labelled == 45
    assert verdict.sentence


def test_run_goes_on_until_the_rules_say_stop() -> None:
    project = fill(
        Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf", stop=stopping.Budget(labels=30)), 80
    )
    assert project.run(lambda item: TRUTH[item.id], batch_size=10).state == "stop"
    assert project.status().labelled == 30


def test_run_ends_with_the_pool_and_takes_skips() -> None:
    project = fill(Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf"), 30)
    project.run(lambda item: None if item.row % 3 == 0 else TRUTH[item.id], batch_size=7, labels=1_000)
    assert project.status().labelled == 20
    assert project.status().set_aside == 10


# what ask does when there is little or nothing ------------------------------------------------------
def test_an_empty_pool_says_what_to_do(empty: Project) -> None:
    with pytest.raises(NothingToAsk, match="pool is empty: add items"):
        empty.ask(3)


def test_a_pool_smaller_than_the_batch_gives_what_there_is(empty: Project) -> None:
    empty.add(["it crashes", "thank you"])
    assert len(empty.ask(20)) == 2


def test_one_class_seen_is_enough_to_go_on(project: Project) -> None:
    batch = project.ask(10)
    project.tell({query.id: "Card arrival" for query in batch})
    project.learn()
    assert len(project.ask(10)) == 10


def test_everything_skipped_is_said(empty: Project) -> None:
    empty.add(["it crashes", "thank you"])
    empty.tell([Answer(item=query.id, query=query.key, kind="skip") for query in empty.ask(2)])
    with pytest.raises(NothingToAsk, match="2 were skipped or flagged"):
        empty.ask(1)


def test_everything_labelled_is_said(empty: Project) -> None:
    empty.add(["it crashes", "thank you"])
    batch = empty.ask(2)
    empty.tell(batch.answers({batch[0].id: "bug", batch[1].id: "praise"}))
    with pytest.raises(NothingToAsk, match="Everything has its label"):
        empty.ask(1)


def test_everything_leased_to_others_is_said(empty: Project) -> None:
    empty.add(["it crashes", "thank you"])
    empty.ask(2, annotator="ana", session="one")
    with pytest.raises(NothingToAsk, match="with annotators at the moment"):
        empty.ask(1, annotator="bo", session="two")


def test_asking_for_none_is_refused(project: Project) -> None:
    with pytest.raises(InputError, match="at least 1, but got 0"):
        project.ask(0)


# tell ------------------------------------------------------------------------------------------------
def test_partial_answers_are_fine(project: Project) -> None:
    batch = project.ask(5)
    project.tell(batch.answers({batch[2].id: TRUTH[batch[2].id]}))
    assert len(project.labels()) == 1


def test_any_item_may_be_told_without_being_asked(project: Project) -> None:
    project.tell({MESSAGES.id[7]: "Exchange rate"})
    assert next(iter(project.labels()))["label"] == "Exchange rate"


def test_a_repeated_answer_counts_once_and_another_body_is_refused(project: Project) -> None:
    query = project.ask(1)[0]
    told = Answer(item=query.id, query=query.key, value="Card arrival", key="k-1", answered_at=5)
    first, again = project.tell([told])[0], project.tell([told])[0]
    assert (first.repeated, again.repeated) == (False, True)
    with pytest.raises(Conflict):
        project.tell(
            [Answer(item=query.id, query=query.key, value="Exchange rate", key="k-1", answered_at=5)]
        )
    assert len(project.labels()) == 1


def test_mistakes_are_one_sentence_and_nothing_is_taken(project: Project) -> None:
    with pytest.raises(InputError, match="'Card arival' is not a label of this task"):
        project.tell({MESSAGES.id[0]: "Exchange rate", MESSAGES.id[1]: "Card arival"})
    with pytest.raises(NotFound, match="no item 'nowhere'"):
        project.tell({MESSAGES.id[0]: "Exchange rate", "nowhere": "Exchange rate"})
    with pytest.raises(NotFound, match="not in this batch"):
        project.ask(1).answers({"nowhere": "Exchange rate"})
    assert len(project.labels()) == 0


def test_undo_takes_back_step_by_step_and_asks_again(project: Project) -> None:
    batch = project.ask(3)
    for query in batch:
        project.tell(batch.answers({query.id: TRUTH[query.id]}))
    for expected in reversed(batch):
        again = project.undo()
        assert again is not None
        assert again.id == expected.id
    assert project.undo() is None
    assert len(project.labels()) == 0
    assert {query.id for query in project.ask(3)} == {query.id for query in batch}


def test_a_correction_supersedes(project: Project) -> None:
    query = project.ask(1)[0]
    project.tell([Answer(item=query.id, query=query.key, value="Card arrival", key="first")])
    project.tell([Answer(item=query.id, value="Exchange rate", supersedes="first")])
    assert [row["label"] for row in project.labels()] == ["Exchange rate"]
    history = project.answers("me")
    assert [(one.name, one.current) for one in history] == [("Exchange rate", True), ("Card arrival", False)]


def test_two_annotators_label_each_item_when_two_are_wanted(tmp_path: Path) -> None:
    project = fill(Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf", overlap=2), 10)
    ana = project.ask(10, annotator="ana", session="a")
    bo = project.ask(10, annotator="bo", session="b")
    assert {query.id for query in ana} == {query.id for query in bo}
    project.tell(ana.answers({query.id: TRUTH[query.id] for query in ana}), annotator="ana")
    assert {row["state"] for row in project.labels()} == {"wanting"}
    project.tell(bo.answers({query.id: TRUTH[query.id] for query in bo}), annotator="bo")
    assert {row["state"] for row in project.labels()} == {"agreed"}


# learn -----------------------------------------------------------------------------------------------
def test_learning_without_labels_is_refused(project: Project) -> None:
    with pytest.raises(NotReady, match="at least one label"):
        project.learn()
    with pytest.raises(NotReady, match="no trained model"):
        _ = project.model


def test_a_round_keeps_its_exact_training_set(project: Project) -> None:
    import pyarrow.parquet as pq

    asked = answer(project, 15)
    done = project.learn()
    assert project.path is not None
    kept = pq.read_table(project.path / "models" / "1" / "training.parquet").to_pydict()
    assert sorted(kept["id"]) == sorted(asked)
    assert dict(zip(kept["id"], kept["name"], strict=True)) == {one: TRUTH[one] for one in asked}
    assert all(len(keys) == 1 for keys in kept["answers"])
    assert sum(done.class_counts.values()) == 15


def test_figures_say_what_they_rest_on(project: Project) -> None:
    for _ in range(3):
        answer(project, 20)
        done = project.learn()
    assert {one.basis for one in done.observations} >= {"cross-validation", "slice", "stop set"}
    on_slice = done.observation("accuracy", "slice")
    assert on_slice is not None
    assert on_slice.n == 6
    assert on_slice.low is not None
    assert on_slice.low <= on_slice.value


def test_a_learning_that_another_process_holds_is_refused(project: Project) -> None:
    answer(project, 10)
    assert project.store.lease("learn", "somebody else", seconds=60)
    with pytest.raises(Conflict, match="Another process is learning"):
        project.learn()


def test_a_new_model_is_due_after_a_tenth_more_labels_or_on_request(project: Project) -> None:
    answer(project, 9)
    assert not project.is_due()
    answer(project, 1)
    assert project.is_due()
    project.learn()
    assert not project.is_due()
    project.request_learning()
    assert project.is_due()


def test_a_strategy_whose_needs_nobody_meets_is_refused_naming_others() -> None:
    with pytest.raises(InputError, match=r"needs embeddings.*these strategies would work: auto"):
        Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf", strategy="diverse")


def test_an_answer_of_long_ago_can_be_taken_back_by_its_key(project: Project) -> None:
    batch = project.ask(120)
    receipts = project.tell(batch.answers({query.id: "Exchange rate" for query in batch}))
    query = project.undo(key=receipts[0].key)
    assert query is not None
    assert query.id == batch[0].id
    with pytest.raises(NotFound, match="taken back already"):
        project.undo(key=receipts[0].key)


def test_models_are_compared_on_more_items_once_the_pool_has_outgrown_the_first_ones(empty: Project) -> None:
    def learned_on(first: int, last: int) -> int | None:
        rows = dict(zip(MESSAGES.id[first:last], MESSAGES.message[first:last], strict=True))
        empty.add([{"id": one, "body": text} for one, text in rows.items()], text="body")
        empty.tell({one: "bug" if place % 2 else "praise" for place, one in enumerate(list(rows)[:10])})
        seen = empty.learn().observation("kappa")
        return None if seen is None else seen.n

    assert learned_on(0, 30) is None, "nothing to compare with"
    assert learned_on(30, 50) == 30
    assert learned_on(50, 200) is None, "other items: nothing to compare with again"
    assert learned_on(200, 230) == 200
