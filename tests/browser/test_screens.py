"""Every screen, both themes, desk and phone: nothing cut off, nothing too small, no violation of axe.

ASKLEARN_SCREENS names a folder to keep the pictures in; ASKLEARN_SAVE_IMAGES=1 renews docs/images/label.png;
ASKLEARN_AXE names axe-core's axe.min.js, without which its part is left out.
"""

import os
from pathlib import Path

import pytest
from tests.browser.desk import FIRST, Desk
from tests.browser.served import Served

from asklearn.datasets import load_bank_messages

BUNDLED = load_bank_messages()
TOPICS = dict(zip(BUNDLED.message, BUNDLED.topic, strict=True))
CHECKOUT = Path(__file__).resolve().parents[2]
DESK, PHONE, NARROW = (1440, 900), (390, 844), (320, 640)
TOO_SMALL = """(least) => [...document.querySelectorAll("main button, .drawer button, header button")]
  .filter((one) => one.checkVisibility() && !one.matches(".link"))
  .map((one) => [one.innerText, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < least)
  .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""


@pytest.fixture(scope="module")
def served_demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    started = Served(home / "asklearn-demo", command=["demo", "--home", str(home)]).start()
    yield started
    started.stop()


def label_right(desk):
    """Answer as somebody who knows."""
    labels = desk.page.locator(".answer .name").all_text_contents()
    desk.answer(str(labels.index(TOPICS[desk.text]) + 1))


@pytest.fixture(scope="module")
def learned(served_demo, chromium):
    """The demo after thirty right answers and a first model."""
    context = chromium.new_context()
    desk = Desk.open(context, served_demo, "wren")
    for _ in range(30):
        label_right(desk)
    desk.page.wait_for_selector("#compare", timeout=FIRST)
    context.close()
    return served_demo


def keep(page, name):
    if folder := os.environ.get("ASKLEARN_SCREENS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")


def violations(page):
    source = os.environ.get("ASKLEARN_AXE")
    if source is None:
        return []
    page.evaluate(
        "(source) => { globalThis.eval === undefined || (0, eval)(source); }", Path(source).read_text()
    )
    found = page.evaluate("() => axe.run().then((all) => all.violations)")
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found
    ]


def check(page, name, least):
    page.wait_for_timeout(250)  # animations end
    keep(page, name)
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide} px"
    assert page.evaluate(TOO_SMALL, least) == [], name
    assert violations(page) == [], name


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
def test_every_screen(learned, open_page, size, theme):
    touch = size != DESK
    context = open_page(size=size, color_scheme=theme, has_touch=touch, is_mobile=touch)
    least, mark = (44 if touch else 24), f"{'x'.join(map(str, size))}-{theme}"
    page = context.new_page()
    page.goto(learned.invite())
    page.wait_for_selector("#name")
    check(page, f"naming-{mark}", least)
    page.fill("#name", f"reader of {mark}")
    page.keyboard.press("Enter")
    page.wait_for_selector(".words")
    check(page, f"label-{mark}", least)
    page.locator("#tool-flag").click()
    check(page, f"flag-{mark}", least)
    page.keyboard.press("Escape")
    desk = Desk(page)
    for key in "12":
        desk.answer(key)
    page.locator("#tool-guide").click()
    check(page, f"guide-{mark}", least)
    page.keyboard.press("Escape")
    page.locator("#model .model").click()
    page.wait_for_selector(".drawer .chart")
    check(page, f"model-{mark}", least)
    page.keyboard.press("Escape")
    page.locator("#tool-history").click()
    page.wait_for_selector(".past li")
    check(page, f"history-{mark}", least)
    page.locator(".past button").first.click()
    page.wait_for_selector(".answer[aria-pressed=true]")
    check(page, f"past-{mark}", least)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    context.set_offline(True)
    desk.answer("3")
    page.wait_for_selector(".notice:has-text('No connection')")
    check(page, f"offline-{mark}", least)
    context.set_offline(False)
    for _ in range(2):
        desk.press("Backspace")
    desk.wait_saved()
    page.locator(".why a").click()
    page.wait_for_selector(".timeline li")
    check(page, f"story-{mark}", least)


def test_at_twice_the_text_size_nothing_is_cut_off(learned, open_page):
    desk = Desk.open(open_page(size=(720, 450)), learned, "large print")
    check(desk.page, "label-200-percent", 24)


@pytest.mark.skipif(
    os.environ.get("ASKLEARN_SAVE_IMAGES") != "1", reason="ASKLEARN_SAVE_IMAGES=1 renews the picture"
)
def test_the_readmes_picture(learned, open_page):
    desk = Desk.open(open_page(color_scheme="light"), learned, "kestrel")
    for place in range(40):
        close = desk.page.locator(".why:has-text('cannot decide')").count()
        if place > 8 and close and 50 < len(desk.text) < 120:
            break
        desk.page.wait_for_timeout(3000)  # about as long as somebody reads
        label_right(desk)
    desk.page.wait_for_timeout(400)
    images = CHECKOUT / "docs" / "images"
    images.mkdir(exist_ok=True)
    desk.page.screenshot(path=images / "label.png")
