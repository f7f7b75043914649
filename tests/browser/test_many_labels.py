"""More than ten labels: the likely ones first, any other one word away."""

import pytest
from tests.browser.desk import Desk
from tests.browser.served import make_project

AREAS = ("Card", "Transfer", "Refund", "Account", "Exchange")
MATTERS = ("arrival", "declined", "pending", "lost", "fee", "limit", "closed")
LABELS = tuple(f"{area} {matter}" for area in AREAS for matter in MATTERS)
TEXTS = [
    f"My {area.lower()} is {matter}, number {n}" for n in range(3) for area in AREAS for matter in MATTERS
]


@pytest.fixture(scope="module")
def served_many(tmp_path_factory):
    from tests.browser.served import Served

    started = Served(make_project(tmp_path_factory.mktemp("many") / "intents", TEXTS, LABELS)).start()
    yield started
    started.stop()


@pytest.fixture
def desk(served_many, open_page, name):
    return Desk.open(open_page(), served_many, name)


def options(desk):
    return desk.page.locator("[role=option] .name").all_text_contents()


def given(desk):
    desk.wait_saved()
    answers = desk.page.evaluate("fetch('/api/answers?mine=1').then((all) => all.json())")["answers"]
    return [one["name"] for one in reversed(answers)]


def test_five_likely_labels_answer_by_digit(desk):
    assert len(options(desk)) == 5
    third = options(desk)[2]
    desk.answer("3")
    assert given(desk) == [third]


def test_typing_finds_any_label_by_the_beginnings_of_its_words(desk):
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.type("exch lo", delay=20)
    assert options(desk) == ["Exchange lost"]
    assert desk.page.locator(".options mark").all_text_contents() == ["Exch", "lo"]
    desk.page.keyboard.press("Enter")
    desk.until("() => document.querySelector('#find').value === ''")
    assert given(desk) == ["Exchange lost"]


def test_arrows_choose_and_escape_clears(desk):
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("card")
    desk.page.keyboard.press("ArrowDown")
    second = options(desk)[1]
    chosen = desk.page.locator("[role=option][aria-selected=true] .name").text_content()
    assert chosen == second
    desk.page.keyboard.press("Escape")
    assert desk.page.locator("#find").input_value() == ""
    assert given(desk) == []


def test_nothing_found_says_what_to_do(desk):
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.type("xyz")
    assert "No label has a word that begins with “xyz”" in desk.page.locator(".options-note").inner_text()
    desk.page.keyboard.press("Enter")
    assert given(desk) == []


def test_backspace_undoes_outside_the_field_and_deletes_inside(desk):
    first = desk.text
    desk.answer("1")
    desk.page.wait_for_timeout(150)
    desk.page.keyboard.type("ca")
    desk.page.keyboard.press("Backspace")
    assert desk.page.locator("#find").input_value() == "c"
    desk.page.keyboard.press("Escape")
    desk.press("Backspace")
    assert desk.text == first
