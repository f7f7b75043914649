"""What the browser tests need around the browser: projects, and servers as processes that can be killed."""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

STARTS = 60.0  # seconds; a cold machine compiles and opens first
COMMAND = [sys.executable, "-c", "from asklearn.app.cli import main; main()"]

WORDS = {
    "billing": ("invoice", "charged twice", "refund", "payment", "price", "receipt", "subscription fee"),
    "bug": (
        "crash",
        "error message",
        "does not load",
        "broken button",
        "freezes",
        "wrong page",
        "login fails",
    ),
    "praise": ("love it", "great work", "thank you", "so helpful", "wonderful", "best tool", "very happy"),
}
FRAMES = (
    "Hello, about the {0} on my account.",
    "I write again because of the {0} since Monday.",
    "Just to let you know: {0}, as last week.",
    "My colleague mentioned {0} and so do I.",
    "Short note from the team: {0} today.",
    "We see {0} on the new version.",
)


def messages(n=40):
    """Texts with the label each is about, in a fixed mixed order; no two are the same."""
    rows = [(frame.format(word), name) for frame in FRAMES for name, words in WORDS.items() for word in words]
    step = 37  # coprime to their number: mixes the labels
    mixed = (rows[(place * step) % len(rows)] for place in range(n))
    return [(f"{text} Case {place}.", name) for place, (text, name) in enumerate(mixed)]


def make_project(folder, texts=None, labels=("billing", "bug", "praise"), **settings):
    """A project folder with these texts; returns the folder."""
    from asklearn.project import Project
    from asklearn.tasks import SingleLabel

    project = Project.create(folder, task=SingleLabel(list(labels)), text="text", **settings)
    given = texts if texts is not None else [text for text, _ in messages()]
    project.add([{"text": text} for text in given])
    project.close()
    return folder


class Served:
    """`asklearn serve` (or `asklearn demo`) as a process, on a port that stays through restarts."""

    def __init__(self, folder, *, command=None, port=0):
        self.folder, self.port = Path(folder), port
        self.command = command or ["serve", str(folder)]
        self.process = None
        self.link = ""

    def start(self):
        """Start it and wait until it answers; the link lets one browser in."""
        arguments = [*self.command, "--no-browser", "--port", str(self.port), "--json"]
        environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **os.environ}
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        told = self._first_document()
        self.link, self.port = told["link"], told["port"]
        return self

    @property
    def url(self):
        """Its address, for who is signed in."""
        return self.link.split("/?")[0]

    def invite(self):
        """A fresh link; each lets one browser in, once."""
        from asklearn.app.server.gate import Gate
        from asklearn.app.server.place import running_server
        from asklearn.app.server.secret import project_secret

        gate = Gate(project_secret(self.folder), instance=running_server(self.folder).instance)
        return f"{self.url}/?token={gate.mint()}"

    def kill(self):
        """End it the hard way, as the power going out would."""
        self.process.send_signal(signal.SIGKILL)
        self._gone()

    def stop(self):
        """End it as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        if self.process is not None:
            self._gone()

    def project(self):
        """The project, opened beside the server; closed at the end of a ``with``."""
        from asklearn.project import Project

        return contextlib.closing(Project.open(self.folder))

    def _gone(self):
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def _first_document(self):
        lines = queue.Queue()
        stream = self.process.stdout
        threading.Thread(target=lambda: [lines.put(line) for line in stream], daemon=True).start()
        text, end = "", time.monotonic() + STARTS
        while time.monotonic() < end:
            try:
                text += lines.get(timeout=0.5)
            except queue.Empty:
                assert self.process.poll() is None, f"the server ended with {self.process.returncode}: {text}"
                continue
            with contextlib.suppress(ValueError):
                return json.loads(text)
        raise AssertionError(f"the server did not say where it is: {text!r}")
