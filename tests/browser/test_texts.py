"""Texts are data: whatever they hold is shown as it is and never runs; every script has its direction."""

import pytest
from tests.browser.desk import Desk
from tests.browser.served import make_project

from asklearn.tasks import LabelOption

EVIL = [
    "<script>window.hacked = 1</script> & <b>bold</b>",
    "<img src=x onerror='window.hacked = 1'>",
    "</script><script>window.hacked = 1</script>",
    "javascript:window.hacked=1 ${window.hacked = 1} {{7*7}}",
]
LABELS = ("<i>label</i>", "a/b, c", "None")


@pytest.fixture
def desk(tmp_path, open_page, serve):
    return Desk.open(
        open_page(), serve(make_project(tmp_path / "evil", EVIL, labels=LABELS)), name="<b>wren</b>"
    )


def test_markup_in_items_labels_and_names_is_shown_as_text(desk):
    assert desk.page.locator(".answer .name").all_text_contents() == list(LABELS)
    seen = []
    for _ in EVIL:
        seen.append(desk.text)
        desk.press("1")
    assert sorted(seen) == sorted(EVIL)
    desk.page.keyboard.press(",")
    desk.page.wait_for_selector(".past li")
    assert desk.page.locator(".past img, .past b, .past script, .past i").count() == 0
    desk.page.keyboard.press("Escape")
    assert desk.page.evaluate("window.hacked") is None


def test_the_story_page_shows_them_as_text_too(desk):
    text = desk.text
    href = desk.page.locator(".why a").get_attribute("href")
    desk.press("1")
    desk.wait_saved()
    desk.page.goto(desk.page.url.split("/?")[0].rstrip("/") + href)
    desk.page.wait_for_selector(".timeline li")
    assert desk.page.locator(".quote").text_content() == text
    story = desk.page.locator(".timeline").inner_text()
    assert "<b>wren</b> answered <i>label</i>" in story.replace("\n", " ").replace("  ", " ")
    assert desk.page.evaluate("window.hacked") is None


def test_right_to_left_and_long_texts_are_set_as_they_read(tmp_path, open_page, serve):
    texts = ["أين بطاقتي الجديدة؟", "私のカードはどこですか", "word " * 600]
    labels = (LabelOption("yes", "yes", key="y"), LabelOption("no", "no", key="n"))
    desk = Desk.open(open_page(), serve(make_project(tmp_path / "scripts", texts, labels)))
    for _ in texts:
        text = desk.text
        direction = desk.page.locator(".item").evaluate("(node) => getComputedStyle(node).direction")
        assert direction == ("rtl" if "بطاقتي" in text else "ltr")
        if len(text) > 1000:  # Space scrolls first, and skips once the end is in view
            desk.press("Space")
            desk.until("() => scrollY > 0")
            assert desk.text == text
        desk.press("n")
        assert desk.echo == "no"
