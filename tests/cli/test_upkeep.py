"""Forgetting, copying, and the doctor."""

from __future__ import annotations

import numpy as np
import pytest


def test_forget_asks_first_and_names_the_models(run, taught):
    refused = run("forget", "1")
    assert refused.code == 1
    assert "--yes" in refused.err
    done = run("forget", "1", "--yes", "--json")
    assert done.code == 0, done.out
    assert run("show", "1").code == 1
    assert run("status", "--json").data["labelled"] == 11


def test_a_backup_opens_like_any_project(run, taught, tmp_path):
    assert run("backup", "copy", "--project", "tickets").code == 0
    assert run("status", "copy", "--json").data["labelled"] == 12
    again = run("backup", "copy", "--project", "tickets")
    assert again.code == 1
    assert "exists already" in again.err


def test_a_backup_without_a_name_never_gets_in_the_way(run, taught):
    made = run("backup", "--json").data["path"]
    assert run("status", made, "--json").data["labelled"] == 12
    assert run("status").code == 0, "there is still only one project here"


def test_the_doctor_names_versions_and_speed(run, taught):
    seen = run("doctor", "tickets", "--json")
    assert seen.code == 0, seen.out
    findings = {one["name"]: one for one in seen.data["findings"]}
    assert seen.data["well"] is True
    assert findings["numpy"]["value"] == np.__version__
    assert findings["disk"]["value"] > 0
    assert findings["encoder"]["value"] > 0
    assert findings["store"]["state"] == "ok"
    assert "sqlite" in findings


def test_the_doctor_needs_no_project(run):
    assert run("doctor", "--json").data["well"] is True


def test_the_doctor_finds_what_is_wrong(run, taught):
    (taught / "asklearn.toml").write_text("name = \n", encoding="utf-8")
    seen = run("doctor", "tickets")
    assert seen.code == 1
    assert "asklearn.toml is not valid TOML" in seen.out


@pytest.fixture
def foreign(tmp_path):
    """A model file with a type that nobody trusts."""
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer
    from skops.io import dump

    path = tmp_path / "foreign.skops"
    dump(make_pipeline(FunctionTransformer(np.linalg.norm)), path)
    return path


def test_a_foreign_model_is_listed_and_refused_until_it_is_trusted(run, taught, foreign):
    refused = run("predict", str(foreign), "tickets.csv")
    assert refused.code == 1
    assert "norm" in refused.err
    asked = run("doctor", "tickets", "--trust", str(foreign))
    assert asked.code == 1
    assert "--yes" in asked.err
    trusted = run("doctor", "tickets", "--trust", str(foreign), "--yes", "--json")
    assert trusted.code == 0, trusted.out
    assert trusted.data["added"] == trusted.data["types"]
    assert trusted.data["types"][0] in (taught / "asklearn.toml").read_text(encoding="utf-8")


def test_our_own_models_need_no_trust(run, taught):
    run("export", "model.skops", "--what", "model")
    assert run("doctor", "tickets", "--trust", "model.skops", "--json").data["types"] == []
