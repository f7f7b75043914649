"""How long a person waits: from key to next item painted while a model trains, and for the first item."""

import statistics

from tests.browser.desk import READ, Desk

KEYS = 120
MEASURE = """() => {
  window.waits = [];
  const channel = new MessageChannel();
  let pressed = 0, before = "";
  const text = () => document.querySelector(".words")?.textContent;
  channel.port1.onmessage = () => { if (text() !== before) window.waits.push(performance.now() - pressed); };
  // the message after an animation frame comes when that frame has been handed to the screen
  addEventListener("keydown", (event) => {
    pressed = event.timeStamp;
    before = text();
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }, { capture: true });
}"""


def test_the_next_item_is_painted_within_50_ms_of_the_key_while_a_model_trains(
    served, open_page, name, capsys
):
    desk = Desk.open(open_page(), served, name)
    desk.page.evaluate(MEASURE)
    first = desk.page.evaluate("fetch('/api/rounds').then((all) => all.json())")
    for place in range(KEYS):
        if place % 20 == 0:
            desk.page.evaluate("fetch('/api/learn', { method: 'POST' }).then(() => null)")
        desk.page.wait_for_timeout(READ)
        desk.page.keyboard.press(str(place % 3 + 1))
    waits = sorted(desk.page.evaluate("window.waits"))
    last = desk.page.evaluate("fetch('/api/rounds').then((all) => all.json())")
    assert len(last) > len(first), "no model was trained meanwhile"
    assert len(waits) > KEYS * 0.9, "the next item was not there"
    median, high = statistics.median(waits), waits[int(len(waits) * 0.99) - 1]
    with capsys.disabled():
        print(
            f"\nkey to paint, {len(waits)} keys, {len(last) - len(first)} models trained meanwhile:", end=" "
        )
        print(f"median {median:.0f} ms, p99 {high:.0f} ms, longest {waits[-1]:.0f} ms")
    assert median < 50


def test_the_first_item_comes_with_the_page(served, desk, capsys):
    desk.wait_saved()
    paints = []
    for _ in range(5):
        desk.page.reload()
        desk.page.wait_for_selector(".words")
        html, painted = desk.page.evaluate(
            """() => [performance.getEntriesByType("navigation")[0].responseEnd,
                      performance.getEntriesByName("first-contentful-paint")[0].startTime]"""
        )
        paints.append(painted - html)
    with capsys.disabled():
        print(
            f"\nHTML to first item painted: median {statistics.median(paints):.0f} ms of {len(paints)} loads"
        )
    assert statistics.median(paints) < 1000
