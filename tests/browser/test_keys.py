"""The keyboard grammar: one key one answer, never two, never before the item could be read."""

from tests.browser.desk import READ


def sent(desk):
    """What the server holds of this annotator, oldest first, once everything has left the page."""
    desk.wait_saved()
    answers = desk.page.evaluate("fetch('/api/answers?mine=1&limit=50').then((all) => all.json())")["answers"]
    return [one for one in reversed(answers) if one["current"]]


def test_a_held_key_answers_once(desk):
    desk.page.wait_for_timeout(READ)
    for _ in range(5):
        desk.page.keyboard.down("1")  # from the second on the browser marks it as a repeat
        desk.page.wait_for_timeout(READ)
    desk.page.keyboard.up("1")
    assert len(sent(desk)) == 1


def test_two_keys_at_once_are_one_answer(desk):
    desk.page.wait_for_timeout(READ)
    desk.page.keyboard.press("1")
    desk.page.keyboard.press("2")
    assert [one["label"] for one in sent(desk)] == ["billing"]


def test_a_double_click_is_one_answer(desk):
    desk.page.wait_for_timeout(READ)
    desk.page.locator(".answer").first.dblclick(delay=READ)
    assert len(sent(desk)) == 1


def test_skip_flag_with_comment_and_undo_of_both(desk):
    skipped = desk.text
    desk.press("Space")
    assert desk.echo == "Skipped"
    flagged = desk.text
    desk.press("Shift+Digit1")
    desk.page.locator("#flag-comment").fill("two things in one message")
    desk.page.keyboard.press("Control+Enter")
    assert [(one["kind"], one["comment"]) for one in sent(desk)] == [
        ("skip", None),
        ("flag", "two things in one message"),
    ]
    desk.press("Backspace")
    assert desk.text == flagged
    desk.press("Backspace")
    assert desk.text == skipped
    assert sent(desk) == []
    desk.press("Backspace")
    desk.page.wait_for_selector(".echo:has-text('Nothing left to undo')")


def test_undo_reaches_back_before_a_reload(desk):
    texts = [desk.answer("1"), desk.answer("2")]
    desk.wait_saved()
    desk.page.reload()
    desk.page.wait_for_selector(".words")
    for text in reversed(texts):
        desk.press("Backspace")
        desk.until("(text) => document.querySelector('.words').textContent === text", text)
    assert sent(desk) == []


def test_an_old_answer_is_opened_with_the_comma_and_changed(desk):
    first = desk.answer("1")
    desk.answer("2")
    here = desk.text
    desk.press(",")
    desk.page.wait_for_selector(".drawer[data-name=history]")
    desk.press(",")
    assert desk.text == first
    assert desk.page.locator(".answer[aria-pressed=true] .name").text_content() == "billing"
    desk.press("3")
    assert desk.echo == "Changed to praise"
    assert desk.text == here
    assert [one["label"] for one in sent(desk)] == ["bug", "praise"]
    # and the change itself can be taken back
    desk.press("Backspace")
    assert sorted(one["label"] for one in sent(desk)) == ["billing", "bug"]


def test_leaving_an_old_answer_changes_nothing(desk):
    desk.answer("1")
    here = desk.text
    desk.press(",")
    desk.press("Enter")
    assert desk.text == here
    assert [one["label"] for one in sent(desk)] == ["billing"]


def test_enter_without_a_suggestion_answers_nothing(desk):
    seen = 0
    for _ in range(15):
        if not desk.page.locator(".answer[data-suggested]").count():
            desk.press("Enter")
            assert desk.echo.startswith("Nothing is suggested here")
            seen += 1
        desk.answer("1")
    assert len(sent(desk)) == 15
    assert seen, "the random slice shows no suggestion"


def test_single_keys_can_be_turned_off(desk):
    desk.press("?")
    desk.page.locator(".drawer input[type=checkbox]").uncheck()
    desk.press("1")
    desk.page.wait_for_timeout(READ)
    assert sent(desk) == []
    desk.page.locator(".answer").nth(1).click()
    assert [one["label"] for one in sent(desk)] == ["bug"]
