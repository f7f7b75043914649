"""A file of one's own: from the command line to the last answer in the store, also across a kill."""

import csv
import subprocess

from tests.browser.desk import Desk
from tests.browser.served import COMMAND, messages


def new_project(tmp_path):
    """`asklearn new tickets.csv …`, as the README has it."""
    file = tmp_path / "tickets.csv"
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "body"])
        writer.writerows([f"{n:03}", text] for n, (text, _) in enumerate(messages(80)))
    arguments = [
        "new",
        str(file),
        "--text",
        "body",
        "--labels",
        "billing,bug,praise",
        "--home",
        str(tmp_path),
    ]
    subprocess.run([*COMMAND, *arguments], check=True, capture_output=True, timeout=120)
    return tmp_path / "tickets"


def test_label_a_csv_of_ones_own_undo_reload_kill_and_find_every_answer(tmp_path, open_page, serve):
    served = serve(new_project(tmp_path))
    truth, digit = dict(messages(80)), {"billing": "1", "bug": "2", "praise": "3"}
    desk = Desk.open(open_page(), served)
    given = {}
    for _ in range(12):
        given[desk.answer(digit[truth[desk.text]])] = None
    last = list(given)[-1]
    desk.press("Backspace")
    assert desk.text == last
    desk.answer(digit[truth[last]])
    desk.wait_saved()
    desk.page.reload()
    desk.page.wait_for_selector(".words")
    served.kill()
    for _ in range(2):
        given[desk.answer(digit[truth[desk.text]])] = None
    served.start()
    desk.wait_saved()
    with served.project() as project:
        stored = {one.fields["body"]: one.name for one in project.answers(limit=100) if one.current}
    assert stored == {text: truth[text] for text in given}


def test_ids_keep_their_spelling_on_the_page(tmp_path, open_page, serve):
    desk = Desk.open(open_page(), serve(new_project(tmp_path)))
    href = desk.page.locator(".why a").get_attribute("href")
    assert len(href.removeprefix("/items/")) == 3
