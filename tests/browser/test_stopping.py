"""Stopping is advice: it comes between items, takes no key by accident; labelling on is one key away."""

from tests.browser.desk import Desk
from tests.browser.served import make_project, messages


def test_advice_to_stop_comes_between_items_and_enter_is_dead_for_a_second(tmp_path, open_page, serve):
    from asklearn.stopping import Budget

    texts = [text for text, _ in messages(60)]
    served = serve(make_project(tmp_path / "few", texts, stop=Budget(labels=8)))
    desk = Desk.open(open_page(), served)
    page, answers = desk.page, 0
    while not page.locator("#advice").count():
        page.wait_for_timeout(200)
        page.keyboard.press(str(answers % 3 + 1))
        answers += 1
        assert answers < 55, "no advice came"
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    assert page.locator("#advice").count() == 1
    assert page.locator(".words").count() == 0
    page.wait_for_timeout(1100)
    page.keyboard.press("Enter")
    page.wait_for_selector(".words")
    here = desk.text
    # the same advice does not come again with the next item
    desk.answer("1")
    assert desk.text != here
