"""A real Chromium before a real server with its worker; without Chromium the tests say how to get it."""

import os
import shutil

import pytest
from tests.browser.desk import Desk
from tests.browser.served import Served, make_project, messages

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/tests/browser/" in str(item.path) and "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def _missing(reason):
    if os.environ.get("ASKLEARN_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    """The browser itself, started once."""
    program = os.environ.get("ASKLEARN_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        _missing("Chromium is not here: apt-get install chromium, or point ASKLEARN_CHROMIUM to its program")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not here: pip install playwright (it drives the Chromium that is installed)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens pages of one visitor; any error in a page fails the test."""
    contexts, errors = [], []

    def context(**options):
        size = options.pop("size", (1440, 900))
        made = chromium.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        made.set_default_timeout(15_000)
        made.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(made)
        return made

    yield context
    for one in contexts:
        one.close()
    assert not errors, errors


@pytest.fixture
def serve():
    """Serves a project folder with its worker: the processes that a user starts."""
    started = []

    def start(folder, **options):
        served = Served(folder, **options)
        started.append(served)
        return served.start()

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """One server for all tests that leave it running: 600 short messages, three labels."""
    texts = [text for text, _ in messages(600)]
    started = Served(make_project(tmp_path_factory.mktemp("browser") / "messages", texts)).start()
    yield started
    started.stop()


@pytest.fixture
def name(request):
    """An annotator of this test's own."""
    return request.node.name.removeprefix("test_").replace("_", " ")[:60]


@pytest.fixture
def desk(served, open_page, name):
    """The labelling page of this test's annotator."""
    return Desk.open(open_page(), served, name)


@pytest.fixture
def stored(served, name):
    """What the store holds of this test's annotator, newest first."""

    def find():
        with served.project() as project:
            return [one for one in project.answers(annotator=name, limit=100) if one.current]

    return find
