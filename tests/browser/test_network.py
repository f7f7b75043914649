"""What a bad network, a lost sign-in, a second tab and a second person do to the work: nothing bad."""

import time

from tests.browser.desk import Desk
from tests.browser.served import make_project, messages


def test_answers_given_offline_are_kept_through_a_reload_and_sent_once(served, open_page, name, stored):
    context = open_page()
    desk = Desk.open(context, served, name)
    before = desk.count
    desk.answer("1")
    desk.wait_saved()
    context.set_offline(True)
    offline = [desk.answer("2"), desk.answer("3")]
    desk.page.wait_for_selector(".notice:has-text('No connection. 2 answers kept')")
    assert desk.count == before + 3
    # the tab closes while offline; the answers stay in the browser
    desk.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(served.url)
    again = Desk(page)
    page.wait_for_selector(".words")
    again.wait_saved()
    assert again.text not in offline
    assert again.count == before + 3
    assert len(stored()) == 3


def test_an_answer_taken_back_offline_never_counts(served, open_page, name, stored):
    context = open_page()
    desk = Desk.open(context, served, name)
    context.set_offline(True)
    first = desk.answer("1")
    desk.answer("2")
    desk.press("Backspace")
    desk.press("Backspace")
    assert desk.text == first
    desk.answer("3")
    context.set_offline(False)
    desk.wait_saved()
    assert [one.name for one in stored()] == ["praise"]


def test_two_tabs_never_get_the_same_item(served, open_page, name, stored):
    context = open_page()
    one = Desk.open(context, served, name)
    page = context.new_page()
    page.goto(served.url)
    page.wait_for_selector(".words")
    two = Desk(page)
    seen = []
    for _ in range(8):
        seen += [one.answer("1"), two.answer("2")]
    assert len(set(seen)) == 16
    one.wait_saved()
    assert len({answer.item for answer in stored()}) == 16


def test_two_annotators_never_get_the_same_item(served, open_page):
    ana = Desk.open(open_page(), served, name="ana")
    ben = Desk.open(open_page(), served, name="ben")
    seen = []
    for _ in range(6):
        seen += [ana.answer("1"), ben.answer("2")]
    assert len(set(seen)) == 12


def test_a_lost_sign_in_keeps_the_answers_and_says_what_to_do(served, open_page, name, stored):
    context = open_page()
    desk = Desk.open(context, served, name)
    cookies = context.cookies()
    context.clear_cookies()
    desk.answer("1")
    desk.page.wait_for_selector(".notice:has-text('1 answer kept. Open the address')")
    context.add_cookies(cookies)
    desk.page.locator(".notice .link").click()
    desk.wait_saved()
    assert len(stored()) == 1


def test_items_ahead_are_given_back_when_the_tab_closes(served, desk, name):
    def held():
        with served.project() as project:
            return sum(one.leased_to == name for one in project.store.queries(states=["leased"]))

    desk.answer("1")
    desk.wait_saved()
    assert held() > 2
    desk.page.goto("about:blank")
    end = time.monotonic() + 5
    while held() > 1 and time.monotonic() < end:
        time.sleep(0.1)
    assert held() == 1  # the one that was on the desk comes back with a reload


def test_the_end_of_the_queue_says_so_and_goes_on_when_items_are_added(tmp_path, open_page, serve):
    served = serve(make_project(tmp_path / "few", ["one message", "another message", "a third one"]))
    desk = Desk.open(open_page(), served)
    for _ in range(3):
        desk.press("1")
    desk.page.wait_for_selector("h2:has-text('All items are answered')")
    with served.project() as project:
        project.add([{"text": "a late arrival"}])
    desk.page.wait_for_selector(".words", timeout=60_000)
    assert desk.text == "a late arrival"


def test_an_item_that_somebody_else_answers_meanwhile_is_replaced(served, desk):
    desk.page.wait_for_timeout(500)  # the event stream is open
    item = desk.page.locator(".why a").get_attribute("href").removeprefix("/items/")
    text = desk.text
    with served.project() as project:
        project.tell({item: "bug"}, annotator="heron")
    desk.page.wait_for_selector(".toast:has-text('heron has just answered this item. Here is another.')")
    assert desk.text != text


def test_a_label_that_is_gone_when_the_answer_arrives_is_said_and_blocks_nothing(tmp_path, open_page, serve):
    served = serve(make_project(tmp_path / "changing", [text for text, _ in messages(30)]))
    context = open_page()
    desk = Desk.open(context, served)
    context.set_offline(True)
    desk.answer("3")
    desk.answer("1")
    with served.project() as project:
        project.change_task(project.task.delete("praise"))
    context.set_offline(False)
    desk.page.wait_for_selector(".notice:has-text('is not a label of this task')")
    desk.wait_saved()
    with served.project() as project:
        assert [one.name for one in project.answers()] == ["billing"]
    desk.page.locator(".notice .link:has-text('Dismiss')").click()
    desk.until("() => document.querySelectorAll('.answer').length === 2")
