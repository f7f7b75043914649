"""A real project behind a real server on a real port, and browsers that visit it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from asklearn.app.server import Gate, create_app
from asklearn.app.server.ports import listen
from asklearn.app.server.running import Server
from asklearn.app.server.secret import project_secret
from asklearn.core.ids import new_key
from asklearn.project import Project
from asklearn.tasks import LabelOption, SingleLabel

TEXTS = [f"The app crashes on page {n}" if n % 2 else f"I love screen {n}, well done" for n in range(40)]


def make_project(folder: Path, texts: list[str] = TEXTS, **options: Any) -> Path:
    """A project of short texts with two labels, ranked and ready; closed again."""
    task = SingleLabel([LabelOption("bug", "Bug", "something is broken"), LabelOption("praise", "Praise")])
    with Project.create(folder, task=task, learner="tfidf", text="text", **options) as project:
        if texts:
            project.add([{"id": f"t/{n}", "text": text} for n, text in enumerate(texts)], id="id")
            project.refresh()
    return folder


class Browser:
    """One visitor of a site, with its cookies; a tab is a session."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def get(self, path: str, **request: Any) -> httpx.Response:
        return self.client.get(path, **request)

    def post(self, path: str, body: Any = None, **request: Any) -> httpx.Response:
        return self.client.post(path, json={} if body is None else body, **request)

    def claim(self, n: int = 1, tab: str = "tab") -> list[dict[str, Any]]:
        answer = self.post("/api/claim", {"session": tab, "n": n})
        assert answer.status_code == 200, answer.text
        return answer.json()["queries"]

    def tell(self, *answers: dict[str, Any], tab: str = "tab") -> list[dict[str, Any]]:
        answer = self.post("/api/answers", {"session": tab, "answers": answers})
        assert answer.status_code == 200, answer.text
        return answer.json()["receipts"]


class Site:
    """A server of one project."""

    def __init__(self, project: Project, gate: Gate, url: str, stack: ExitStack) -> None:
        self.project, self.gate, self.url = project, gate, url
        self._stack = stack

    def client(self, **options: Any) -> httpx.Client:
        return self._stack.enter_context(httpx.Client(base_url=self.url, timeout=20, **options))

    def browser(self, name: str | None = "ana") -> Browser:
        """A browser that opened a fresh link and, unless None, gave a name."""
        visitor = Browser(self.client())
        assert visitor.get("/", params={"token": self.gate.mint()}).status_code == 303
        if name is not None:
            assert visitor.post("/api/me", {"name": name}).status_code == 200
        return visitor


@contextmanager
def running(folder: Path, **options: Any) -> Iterator[Site]:
    """The project served in this process."""
    with Project.open(folder) as project, listen("127.0.0.1", 0) as listener, ExitStack() as stack:
        gate = Gate(project_secret(folder))
        ready = threading.Event()
        server = Server(create_app(project, gate, **options), ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        assert ready.wait(10)
        port = listener.getsockname()[1]
        try:
            yield Site(project, gate, f"http://127.0.0.1:{port}", stack)
        finally:
            stack.close()
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive(), "the server did not end"


def answer_to(query: dict[str, Any], label: str | None = "bug", /, **changes: Any) -> dict[str, Any]:
    """An answer to a claimed query, as the page sends it."""
    answer = {
        "key": new_key(),
        "item": query["item"]["id"],
        "query": query["key"],
        "kind": "answer",
        "label": label,
        "seconds": 1.5,
        "comment": None,
        "shown": query["suggestion"] is not None,
        "accepted": False,
        "answered_at": datetime.now(UTC).isoformat(),
        "supersedes": None,
    }
    return {**answer, **changes}
