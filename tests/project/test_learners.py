"""Any scikit-learn classifier or pipeline as learner, in a folder and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from asklearn import InputError, Project, SingleLabel
from asklearn.datasets.bank_messages import TOPICS

from .conftest import TRUTH, fill


def estimators() -> dict[str, object]:
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, RidgeClassifier
    from sklearn.model_selection import GridSearchCV
    from sklearn.naive_bayes import GaussianNB, MultinomialNB
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    return {
        "pipeline": make_pipeline(CountVectorizer(), MultinomialNB()),
        "without probabilities": make_pipeline(TfidfVectorizer(), LinearSVC()),
        "ridge": make_pipeline(TfidfVectorizer(), RidgeClassifier()),
        "dense only": GaussianNB(),
        "forest": RandomForestClassifier(20, random_state=0),
        "search": GridSearchCV(
            make_pipeline(TfidfVectorizer(), LogisticRegression()), {"logisticregression__C": [1, 10]}, cv=3
        ),
    }


@pytest.mark.parametrize("name", estimators())
def test_it_turns_the_loop_and_survives_reopening(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "bank"
    with Project.create(folder, task=SingleLabel(TOPICS), learner=estimators()[name]) as project:
        fill(project, 120)
        project.run(lambda item: TRUTH[item.id], batch_size=15, labels=30)
        texts = ["where is my new card", "what is the exchange rate"]
        before = list(project.model.predict(texts))
    with Project.open(folder) as again:
        assert list(again.model.predict(texts)) == before
        assert len(again.ask(5)) == 5
        again.learn()


def test_columns_of_a_frame_reach_a_column_transformer(tmp_path: Path) -> None:
    import pandas as pd
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder

    learner = make_pipeline(
        make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["plan"]), remainder="passthrough"),
        LogisticRegression(),
    )
    frame = pd.DataFrame(
        {
            "plan": ["free", "paid"] * 20,
            "age": range(40),
            "churned": ["yes" if n > 20 else "no" for n in range(40)],
        }
    )
    with Project.create(tmp_path / "p", task=SingleLabel(["yes", "no"]), learner=learner) as project:
        project.add(frame[["plan", "age"]])
        project.run(lambda item: "yes" if item.fields["age"] > 20 else "no", batch_size=10, labels=20)
        assert list(project.model.predict(frame[["plan", "age"]].iloc[[0, 39]])) == ["no", "yes"]


def test_a_table_needs_no_learner_of_its_own(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame({"plan": ["free", "paid", "team"] * 20, "age": range(60)})
    project = Project.in_memory(task=SingleLabel(["young", "old"]))
    project.add(frame)
    project.run(lambda item: "old" if item.fields["age"] > 30 else "young", batch_size=10, labels=30)
    done = project.store.rounds()[-1].observation("accuracy", "cross-validation")
    assert done is not None
    assert done.value > 0.8


def test_what_cannot_be_kept_in_a_file_is_refused_at_create(tmp_path: Path) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    learner = make_pipeline(FunctionTransformer(lambda x: x), LogisticRegression())
    with pytest.raises(InputError):
        Project.create(tmp_path / "p", task=SingleLabel(["a", "b"]), learner=learner)
    assert not (tmp_path / "p" / "asklearn.toml").exists()


def test_a_failing_learner_is_named_in_one_sentence(tmp_path: Path) -> None:
    from sklearn.svm import SVC

    project = fill(Project.in_memory(task=SingleLabel(TOPICS), learner=SVC(C=-1.0)), 40)
    batch = project.ask(10)
    project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))
    with pytest.raises(InputError, match="SVC"):
        project.learn()
