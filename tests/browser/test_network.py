"""What a bad network, a lost sign-in, a second tab and a second person do to the work: nothing bad."""

from tests.browser.desk import Desk
from tests.browser.served import make_project


def stored(served):
    with served.project() as project:
        return [one for one in project.answers(limit=1000) if one.current]


def test_answers_given_offline_are_kept_through_a_reload_and_sent_once(messages, open_page, serve):
    served = serve(messages)
    context = open_page()
    desk = Desk.open(context, served)
    desk.answer("1")
    desk.wait_saved()
    context.set_offline(True)
    offline = [desk.answer("2"), desk.answer("3")]
    desk.page.wait_for_selector(".notice:has-text('No connection. 2 answers kept')")
    assert desk.count == 3
    # the tab closes while offline; the answers stay in the browser
    desk.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(served.url)
    again = Desk(page)
    page.wait_for_selector(".words")
    again.wait_saved()
    assert again.text not in offline
    assert again.count == 3
    assert len(stored(served)) == 3


def test_an_answer_taken_back_offline_never_counts(messages, open_page, serve):
    served = serve(messages)
    context = open_page()
    desk = Desk.open(context, served)
    context.set_offline(True)
    first = desk.answer("1")
    desk.answer("2")
    desk.press("Backspace")
    desk.press("Backspace")
    assert desk.text == first
    desk.answer("3")
    context.set_offline(False)
    desk.wait_saved()
    assert [one.value for one in stored(served)] == ["praise"]


def test_two_tabs_never_get_the_same_item(messages, open_page, serve):
    served = serve(messages)
    context = open_page()
    one = Desk.open(context, served)
    page = context.new_page()
    page.goto(served.url)
    page.wait_for_selector(".words")
    two = Desk(page)
    seen = []
    for _ in range(8):
        seen += [one.answer("1"), two.answer("2")]
    assert len(set(seen)) == 16
    one.wait_saved()
    assert len({answer.item for answer in stored(served)}) == 16


def test_two_annotators_never_get_the_same_item(messages, open_page, serve):
    served = serve(messages)
    ana = Desk.open(open_page(), served, name="ana")
    link = ana.page.evaluate("fetch('/api/token', { method: 'POST' }).then((all) => all.json())")["url"]
    served.link = link
    ben = Desk.open(open_page(), served, name="ben")
    seen = []
    for _ in range(6):
        seen += [ana.answer("1"), ben.answer("2")]
    assert len(set(seen)) == 12


def test_a_lost_sign_in_keeps_the_answers_and_says_what_to_do(messages, open_page, serve):
    served = serve(messages)
    context = open_page()
    desk = Desk.open(context, served)
    cookies = context.cookies()
    context.clear_cookies()
    desk.answer("1")
    desk.page.wait_for_selector(".notice:has-text('1 answer kept. Open the address')")
    context.add_cookies(cookies)
    desk.page.locator(".notice .link").click()
    desk.wait_saved()
    assert len(stored(served)) == 1


def test_items_ahead_are_given_back_when_the_tab_closes(messages, open_page, serve):
    served = serve(messages)
    desk = Desk.open(open_page(), served)
    desk.page.wait_for_timeout(500)
    desk.page.goto("about:blank")
    desk.page.wait_for_timeout(500)
    with served.project() as project:
        assert project.status().leased <= 1


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
