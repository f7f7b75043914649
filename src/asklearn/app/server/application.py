"""The app: routers, guard, problem details, and the one task that reads events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from fastapi import FastAPI

import asklearn
from asklearn.app.server import about, events, labelling, pages, problems
from asklearn.app.server.desk import Desk
from asklearn.app.server.feed import Feed
from asklearn.app.server.gate import Gate
from asklearn.app.server.guard import Guard
from asklearn.project import Project


def create_app(
    project: Project,
    gate: Gate,
    *,
    hosts: Iterable[str] = (),
    any_address: bool = False,
    own_worker: bool = False,
) -> FastAPI:
    """The web application of one open project.

    Parameters
    ----------
    project : Project
        Stays open as long as the app; whoever opened it closes it.
    gate : Gate
        Lets visitors in.
    hosts : iterable of str
        Further host names under which it answers.
    any_address : bool
        Answer under any IP address: for servers that listen on the network.
    own_worker : bool
        The server keeps a worker running, so a missing one is on its way.
    """
    feed = Feed(project.store)
    app = FastAPI(
        title="asklearn",
        version=asklearn.__version__,
        summary="Items to label, answers, and what the model makes of them.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_reading,
    )
    app.state.desk = Desk(project=project, gate=gate, feed=feed, own_worker=own_worker)
    app.add_middleware(Guard, hosts=list(hosts), any_address=any_address)
    problems.install(app)
    for router in (labelling.router, about.router, events.router, pages.router):
        app.include_router(router)
    app.mount("/static", pages.WebFiles(directory=pages.WEB), name="static")
    return app


@asynccontextmanager
async def _reading(app: FastAPI) -> AsyncIterator[None]:
    feed: Feed = app.state.desk.feed
    task = asyncio.create_task(feed.run())
    try:
        yield
    finally:
        feed.close()
        await task
