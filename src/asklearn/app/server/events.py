"""The event stream: what changes, as it changes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from asklearn.app.server.desk import AnyVisitor, AtDesk
from asklearn.app.server.problems import documented

router = APIRouter(prefix="/api", tags=["events"], responses=documented(401, 422))

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events: `id` is the seq, `event` the kind, `data` the event as JSON.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get("/events", operation_id="events", response_class=StreamingResponse, responses=_STREAM)
async def events(
    desk: AtDesk,
    _visitor: AnyVisitor,
    since: Annotated[
        int | None, Query(ge=0, description="From after this event on; left out: from now.")
    ] = None,
    last_event_id: Annotated[str | None, Header(description="Sent by browsers that reconnect.")] = None,
) -> StreamingResponse:
    """Everything that happens from now on, or from after the last event seen."""
    seen = int(last_event_id) if last_event_id and last_event_id.isdecimal() else since
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(desk.feed.stream(seen), media_type="text/event-stream", headers=headers)
