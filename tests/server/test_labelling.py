"""Claim, answer, correct, undo over HTTP: once each, and one bad answer never holds up the others."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.server.sites import answer_to

from asklearn.core.ids import new_key


def test_an_item_comes_with_its_text_reason_and_suggestion(ana):
    [query] = ana.claim(1)
    assert query["item"]["text"] == query["item"]["fields"]["text"]
    assert query["reason"]["sentence"].startswith("Asked ")
    said = "".join(part.get("text") or part["name"] for part in query["reason"]["parts"])
    assert query["reason"]["sentence"].startswith(said[:10])
    assert query["lease_until"].endswith("Z")
    if query["suggestion"]:
        assert query["suggestion"]["label"] in ("bug", "praise")


def test_two_tabs_and_two_annotators_never_hold_the_same_item(site, ana):
    ben = site.browser("ben")
    lots = [
        [query["item"]["id"] for query in browser.claim(5, tab)]
        for browser in (ana, ben)
        for tab in ("one", "two")
    ]
    assert len({item for lot in lots for item in lot}) == sum(map(len, lots)) == 20


def test_the_same_tab_name_in_two_browsers_is_two_tabs(site, ana):
    other = site.browser("ana")
    held = {query["item"]["id"] for query in ana.claim(5, "tab")}
    assert held.isdisjoint(query["item"]["id"] for query in other.claim(5, "tab"))


def test_an_answer_is_stored_under_its_annotator(site, ana):
    [query] = ana.claim(1)
    given = answer_to(query, seconds=2.25, comment="clear")
    [receipt] = ana.tell(given)
    assert receipt["repeated"] is False
    [stored] = site.project.store.annotations(item=query["item"]["id"])
    assert (stored.key, stored.seq) == (given["key"], receipt["seq"])
    assert (stored.annotator, stored.value, stored.seconds, stored.comment) == ("ana", "bug", 2.25, "clear")
    assert (stored.source, stored.query) == ("page", query["key"])


def test_an_answer_sent_again_counts_once(site, ana):
    given = answer_to(ana.claim(1)[0])
    first, again = ana.tell(given), ana.tell(given, given)
    assert [one["seq"] for one in again] == [first[0]["seq"]] * 2
    assert all(one["repeated"] for one in again)
    assert len(site.project.store.annotations()) == 1


def test_an_answer_of_a_clock_that_runs_ahead_counts_once_too(site, ana):
    ahead = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
    given = answer_to(ana.claim(1)[0], answered_at=ahead)
    assert ana.tell(given)[0]["repeated"] is False
    assert ana.tell(given)[0]["repeated"] is True


def test_the_same_key_with_another_label_is_refused(site, ana):
    given = answer_to(ana.claim(1)[0])
    ana.tell(given)
    [refused] = ana.tell({**given, "label": "praise"})
    assert refused["error"]["status"] == 409
    assert [one.value for one in site.project.store.annotations()] == ["bug"]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"label": "gone"}, 422, "label"),
        ({"label": None}, 422, None),
        ({"label": 3}, 422, "label"),
        ({"item": "no such item"}, 404, None),
        ({"kind": "shout"}, 422, "kind"),
        ({"seconds": -1}, 422, "seconds"),
        ({"seconds": "soon"}, 422, "seconds"),
        ({"answered_at": "yesterday"}, 422, "answered_at"),
        ({"answered_at": "2026-01-01T00:00:00"}, 422, "answered_at"),
        ({"answered_at": "2199-01-01T00:00:00Z"}, 422, None),
        ({"answered_at": "1970-01-01T00:00:00Z"}, 422, None),
        ({"comment": "x" * 10_001}, 422, "comment"),
        ({"key": ""}, 422, "key"),
    ],
)
def test_one_bad_answer_gets_its_problem_and_the_others_are_taken(site, ana, change, status, field):
    one, two, three = ana.claim(3)
    given = [answer_to(one), answer_to(two, **change), answer_to(three)]
    first, bad, last = ana.tell(*given)
    assert {first["key"], last["key"]} == {given[0]["key"], given[2]["key"]}
    assert bad["key"] == given[1]["key"]
    assert (bad["error"]["status"], bad["error"].get("field")) == (status, field)
    assert bad["error"]["detail"].endswith((".", "?"))
    assert {said.item for said in site.project.store.annotations()} == {
        one["item"]["id"],
        three["item"]["id"],
    }


def test_what_is_no_answer_at_all_is_refused_by_itself(ana):
    query = ana.claim(1)[0]
    refused, taken, also = ana.tell("nonsense", answer_to(query), {})
    assert "error" in refused
    assert "error" in also
    assert "seq" in taken


def test_an_answer_of_a_label_that_was_merged_meanwhile_moves_along(site, ana):
    query = ana.claim(1)[0]
    site.project.change_task(site.project.task.combine(["Bug", "Praise"], "Anything"))
    [receipt] = ana.tell(answer_to(query, "bug"))
    assert "seq" in receipt
    assert site.project.store.annotations()[0].value == "Anything"


def test_an_answer_sent_again_after_its_label_left_counts_once_too(site, ana):
    one, two = ana.claim(2)
    merged, deleted = answer_to(one, "bug"), answer_to(two, "praise")
    receipts = ana.tell(merged, deleted)
    task = site.project.task.add("Other").combine(["Bug", "Other"], "Anything").delete("Praise")
    site.project.change_task(task)
    again = ana.tell(merged, deleted)
    assert [(said["seq"], said["repeated"]) for said in again] == [(said["seq"], True) for said in receipts]
    [refused] = ana.tell({**deleted, "key": "another"})
    assert refused["error"]["status"] == 422


def test_late_answers_and_answers_without_a_query_count(ana, site):
    query = ana.claim(1)[0]
    ana.post("/api/release", {"session": "tab"})
    late, free = answer_to(query), answer_to(ana.claim(2)[1], query=None)
    assert all("seq" in one for one in ana.tell(late, free))


def test_skip_and_flag_need_no_label(ana, site):
    one, two = ana.claim(2)
    ana.tell(answer_to(one, None, kind="skip"), answer_to(two, None, kind="flag", comment="strange"))
    assert [said.kind for said in site.project.store.annotations()] == ["skip", "flag"]


def test_undo_steps_back_through_the_annotators_own_answers(site, ana):
    ben = site.browser("ben")
    queries = ana.claim(2)
    ana.tell(*map(answer_to, queries))
    ben.tell(answer_to(ben.claim(1)[0]))
    back = [ana.post("/api/undo", {"session": "tab"}).json()["query"]["item"]["id"] for _ in range(2)]
    assert back == [query["item"]["id"] for query in reversed(queries)]
    assert ana.post("/api/undo", {"session": "tab"}).json()["query"] is None
    assert [said.kind for said in site.project.store.annotations(annotator="ana")].count("retract") == 2
    assert {query["item"]["id"] for query in ana.claim(2)} == set(back)


def test_a_hidden_suggestion_stays_hidden_through_claim_and_undo(site, ana):
    site.project.change_settings(suggestion="hidden")
    [query] = ana.claim(1)
    ana.tell(answer_to(query))
    undone = ana.post("/api/undo", {"session": "tab"}).json()["query"]
    assert query["suggestion"] is None
    assert undone["suggestion"] is None


def test_undo_by_key_takes_that_answer_back_once(ana):
    given = [answer_to(query) for query in ana.claim(2)]
    ana.tell(*given)
    undone = ana.post("/api/undo", {"session": "tab", "key": given[0]["key"]})
    assert undone.json()["query"]["item"]["id"] == given[0]["item"]
    again = ana.post("/api/undo", {"session": "tab", "key": given[0]["key"]})
    assert again.status_code == 404
    assert again.json()["type"] == "urn:asklearn:not-found"


def test_a_correction_stands_in_place_of_the_first_answer(ana):
    query = ana.claim(1)[0]
    first = answer_to(query)
    ana.tell(first)
    ana.tell(answer_to(query, "praise", query=None, supersedes=first["key"]))
    newest, older = ana.get("/api/answers").json()["answers"]
    assert (newest["label"], newest["current"]) == ("praise", True)
    assert (older["label"], older["name"], older["current"]) == ("bug", "Bug", False)


def test_the_history_is_ones_own_newest_first_in_pages(site, ana):
    site_ben = site.browser("ben")
    site_ben.tell(answer_to(site_ben.claim(1)[0]))
    given = [answer_to(query) for query in ana.claim(5)]
    ana.tell(*given)
    keys = [one["key"] for one in reversed(given)]
    first = ana.get("/api/answers", params={"limit": 2}).json()["answers"]
    rest = ana.get("/api/answers", params={"before": first[-1]["seq"]}).json()["answers"]
    assert [one["key"] for one in first + rest] == keys
    assert len(ana.get("/api/answers", params={"mine": "0"}).json()["answers"]) == 6
    assert first[0]["item"]["text"]
    assert first[0]["at"].endswith("Z")


def test_progress_counts_what_stands(ana):
    queries = ana.claim(2)
    body = {"session": "tab", "answers": [answer_to(query, seconds=4) for query in queries]}
    progress = ana.post("/api/answers", body).json()["progress"]
    assert (progress["answered"], progress["today"], progress["pace_seconds"]) == (2, 2, 4)
    assert progress["left"] == progress["goal"] - 2
    assert ana.post("/api/undo", {"session": "tab"}).json()["progress"]["answered"] == 1


def test_what_is_given_back_goes_to_others(site, ana):
    held = {query["item"]["id"] for query in ana.claim(30)}
    ben = site.browser("ben")
    assert ana.post("/api/renew", {"session": "tab"}).json() == {"held": 30}
    assert ana.post("/api/release", {"session": "tab"}).json() == {"released": 30}
    assert held & {query["item"]["id"] for query in ben.claim(40)}


def test_some_can_be_given_back_and_the_rest_kept(site, ana):
    queries = ana.claim(3)
    keys = [query["key"] for query in queries]
    assert ana.post("/api/release", {"session": "tab", "queries": keys[1:]}).json() == {"released": 2}
    assert ana.post("/api/renew", {"session": "tab"}).json() == {"held": 1}
    assert site.browser("ben").post("/api/release", {"session": "tab", "queries": keys}).json() == {
        "released": 0
    }


def test_a_page_that_closes_gives_back_by_beacon(ana):
    ana.claim(3)
    beacon = {
        "content-type": "application/json",
        "origin": str(ana.client.base_url),
        "sec-fetch-site": "same-origin",
    }
    answer = ana.client.post("/api/release", content=b'{"session":"tab"}', headers=beacon)
    assert answer.json() == {"released": 3}


def test_when_all_is_held_by_others_that_is_said(site, ana):
    ana.claim(40)
    answer = site.browser("ben").post("/api/claim", {"session": "tab", "n": 1}).json()
    assert answer["queries"] == []
    assert answer["waiting"]["seconds"] > 0
    assert "annotators" in answer["waiting"]["sentence"]


@pytest.mark.parametrize("n", [0, -1, 51, "many"])
def test_how_many_to_claim_has_limits(ana, n):
    answer = ana.post("/api/claim", {"session": "tab", "n": n})
    assert answer.status_code == 422
    assert answer.json()["field"] == "n"


@pytest.mark.parametrize("session", ["", "a b", "x" * 81, None, "../x"])
def test_a_session_is_a_short_plain_name(ana, session):
    assert ana.post("/api/claim", {"session": session, "n": 1}).json()["field"] == "session"


def test_a_key_nobody_has_used_undoes_nothing(ana):
    assert ana.post("/api/undo", {"session": "tab", "key": new_key()}).status_code == 404
