"""The labelling page as a person uses it: read, press a key, see what happens."""

import time

FIRST = 90_000  # ms; until the first question, on a machine with other work
READ = 130  # ms; the page takes no key before somebody can have read the item


class Desk:
    """One open labelling page."""

    def __init__(self, page):
        self.page = page

    @classmethod
    def open(cls, context, served, name="wren"):
        """Follow a link as the server prints it, and say who labels."""
        page = context.new_page()
        page.goto(served.invite())
        desk = cls(page)
        page.wait_for_selector("#name, .words", timeout=FIRST)
        if page.locator("#name").count():
            page.fill("#name", name)
            page.keyboard.press("Enter")
        page.wait_for_selector(".words", timeout=FIRST)
        return desk

    @property
    def text(self):
        """The item on the desk."""
        return self.page.locator(".words").text_content()

    @property
    def count(self):
        """How many answers the page counts."""
        return int(self.page.locator("#count").text_content())

    @property
    def echo(self):
        return self.page.locator(".echo").inner_text().strip()

    @property
    def model(self):
        """The number of the model in the bar; 0 when there is none."""
        words = self.page.locator("#model .long").text_content()
        return int(words.split()[1].rstrip(",")) if words.startswith("Model") else 0

    def press(self, key):
        """Read for a moment, then press."""
        self.page.wait_for_selector(".words", state="attached")
        self.page.wait_for_timeout(READ)
        self.page.keyboard.press(key)

    def answer(self, key):
        """Give an answer; returns the text it was given for, once the next item is there."""
        before = self.text
        self.press(key)
        self.until("before => document.querySelector('.words')?.textContent !== before", before)
        return before

    def wait_saved(self):
        """Until nothing is on its way any more."""
        self.until("() => !Object.keys(localStorage).some((name) => name.startsWith('asklearn.kept'))")

    def until(self, condition, arg=None, seconds=15.0):
        """Until that JavaScript function is true; polled from here, since the page's CSP forbids eval."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(condition, arg):
            assert time.monotonic() < end, f"not within {seconds} s: {condition}"
            self.page.wait_for_timeout(20)
