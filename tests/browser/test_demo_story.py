"""The main job from first key to last: the demo, sixty items, the keyboard only, and a server that dies."""

import pytest
from tests.browser.desk import Desk
from tests.browser.served import Served

from asklearn.datasets import load_bank_messages

ITEMS = 60
MODEL_WITHIN = 90  # seconds; a slow machine trains for a while
MODEL_ABOVE = "(n) => Number(document.querySelector('#model .long').textContent.match(/\\d+/)?.[0] ?? 0) > n"


@pytest.fixture
def demo(tmp_path):
    served = Served(tmp_path / "asklearn-demo", command=["demo", "--home", str(tmp_path)]).start()
    yield served
    served.stop()


def label_with_the_truth(desk, n, topics, labels, wait=False):
    """Answer n items as somebody who knows: Enter where the suggestion is right, else the number."""
    given = {}
    for _ in range(n):
        text = desk.text
        topic = topics[text]
        suggested = desk.page.locator(".answer[data-suggested] .name")
        right = suggested.count() and suggested.text_content() == topic
        desk.answer("Enter" if right else str(labels.index(topic) + 1))
        given[text] = topic
    return given


def kept(served):
    """What the store holds: text to label name, of the page's standing answers."""
    with served.project() as project:
        answers = [one for one in project.answers(limit=1000) if one.current and one.kind == "answer"]
        return {one.fields["message"]: one.name for one in answers}


def test_sixty_items_by_keyboard_a_rising_model_undo_reload_and_a_killed_server(demo, open_page):
    bundled = load_bank_messages()
    topics = dict(zip(bundled.message, bundled.topic, strict=True))
    desk = Desk.open(open_page(), demo)
    labels = desk.page.locator(".answer .name").all_text_contents()

    # before any label there is a suggestion, and the page says that it comes from the names
    assert desk.page.locator(".answer[data-suggested], .why:has-text('at random')").count() == 1
    given = label_with_the_truth(desk, 30, topics, labels)
    assert desk.count == 30

    # the model arrives live, without a reload
    desk.until(MODEL_ABOVE, 0, MODEL_WITHIN)
    first = desk.model
    assert first >= 1

    # undo, two steps: the items come back, newest first, and are answered again
    texts = list(given)
    desk.press("Backspace")
    assert desk.echo.startswith("Taken back:")
    assert desk.text == texts[-1]
    desk.press("Control+z")
    assert desk.text == texts[-2]
    assert desk.count == 28
    given |= label_with_the_truth(desk, 2, topics, labels)

    # reload: the same item is on the desk, nothing is lost
    desk.wait_saved()
    here = desk.text
    desk.page.reload()
    desk.page.wait_for_selector(".words")
    assert desk.text == here
    assert desk.count == 30

    given |= label_with_the_truth(desk, 20, topics, labels)
    desk.until(MODEL_ABOVE, first, MODEL_WITHIN)

    # the server dies in the middle of the work; the page goes on, and so does the next server
    demo.kill()
    given |= label_with_the_truth(desk, 3, topics, labels)
    desk.page.wait_for_selector(".notice:has-text('kept, will be sent')")
    demo.start()
    desk.page.wait_for_selector(".notice:has-text('Connection is back')", timeout=30_000)
    given |= label_with_the_truth(desk, ITEMS - len(given), topics, labels)
    desk.wait_saved()

    assert kept(demo) == given
    assert len(given) == ITEMS
    assert desk.count == ITEMS


def test_the_demo_compares_itself_with_random(demo, open_page):
    bundled = load_bank_messages()
    topics = dict(zip(bundled.message, bundled.topic, strict=True))
    desk = Desk.open(open_page(), demo)
    labels = desk.page.locator(".answer .name").all_text_contents()
    label_with_the_truth(desk, 20, topics, labels)
    desk.page.wait_for_selector("#compare", timeout=MODEL_WITHIN * 1000)
    assert "random" in desk.page.locator("#compare").inner_text()
    desk.page.locator("#compare").click()
    assert desk.page.locator(".drawer[data-name=model] .chart table").count() == 1
