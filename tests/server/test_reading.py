"""What can be read: the project, its status, rounds, verdict, and each item's story."""

import pytest
from tests.server.sites import answer_to, make_project, running


def labelled(browser, n=12):
    queries = browser.claim(n)
    given = [answer_to(one, "bug" if "crash" in one["item"]["text"] else "praise") for one in queries]
    browser.tell(*given)
    return given


def test_the_project_as_the_page_needs_it(ana):
    project = ana.get("/api/project").json()
    assert [(one["id"], one["name"], one["colour"]) for one in project["task"]["labels"]] == [
        ("bug", "Bug", 0),
        ("praise", "Praise", 1),
    ]
    assert project["task"]["labels"][0]["description"] == "something is broken"
    assert project["settings"] == {"suggestion": "shown", "overlap": 1}
    assert project["id"]


def test_two_projects_have_two_ids(tmp_path, ana):
    with running(make_project(tmp_path / "other", [])) as other:
        assert other.browser().get("/api/project").json()["id"] != ana.get("/api/project").json()["id"]


def test_before_the_first_model_there_are_no_rounds_and_a_verdict_all_the_same(ana):
    assert ana.get("/api/rounds").json() == []
    assert ana.get("/api/verdict").json()["state"] == "too early to say"
    status = ana.get("/api/status").json()
    assert (status["items"], status["labelled"], status["model"]) == (40, 0, None)


def test_a_model_shows_in_rounds_status_and_suggestions(site, ana):
    labelled(ana)
    site.project.learn()
    site.project.refresh()
    [done] = ana.get("/api/rounds").json()
    assert (done["number"], done["labels"]) == (1, 12)
    assert done["finished_at"].endswith("Z")
    assert all(one["basis"] for one in done["observations"])
    assert ana.get("/api/status").json()["model"]["number"] == 1
    query = next(one for one in ana.claim(20) if one["suggestion"])
    assert query["suggestion"]["source"] == "model"
    assert query["suggestion"]["name"] in ("Bug", "Praise")


def test_whether_a_worker_lives_is_told(site, ana):
    assert ana.get("/api/status").json()["worker"] is False
    site.project.store.lease("worker", "somebody", seconds=60)
    assert ana.get("/api/status").json()["worker"] is True


def test_without_a_worker_an_empty_queue_says_how_to_start_one(tmp_path):
    folder = make_project(tmp_path / "unranked", [])
    with running(folder) as site:
        site.project.add(["one", "two"])
        waiting = site.browser().post("/api/claim", {"session": "tab"}).json()["waiting"]
        assert waiting["reason"] == "first ranking"
        assert waiting["sentence"].endswith("asklearn worker")


def test_a_request_to_learn_is_kept_for_the_worker(site, ana):
    labelled(ana, 4)
    assert not site.project.is_due()
    answer = ana.post("/api/learn")
    assert answer.status_code == 202
    assert "No worker runs now" in answer.json()["sentence"]
    assert site.project.is_due()


def test_an_items_story_tells_why_who_and_which_model(site, ana):
    given = labelled(ana)[0]
    site.project.learn()
    story = ana.get(f"/api/items/{given['item']}").json()
    assert story["item"]["id"] == given["item"]
    assert story["queries"][0]["reason"]["sentence"].startswith("Asked ")
    assert (story["annotations"][0]["annotator"], story["annotations"][0]["seconds"]) == ("ana", 1.5)
    assert story["label"]["label"] == given["label"]
    assert story["models"] == [1]
    assert any("ana answered" in sentence for sentence in story["sentences"])


def test_an_id_with_a_slash_is_found_spelled_either_way(ana):
    for path in ("/api/items/t/7", "/api/items/t%2F7"):
        assert ana.get(path).json()["item"]["id"] == "t/7"


@pytest.mark.parametrize("before", [-1, 10**30])
def test_a_place_in_the_history_that_cannot_be_is_refused(ana, before):
    assert ana.get("/api/answers", params={"before": before}).status_code == 422
