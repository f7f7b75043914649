"""The server: the HTTP API and the pages of one project. Handlers authorise, make one call, answer."""

from asklearn.app.server.application import create_app
from asklearn.app.server.gate import Gate
from asklearn.app.server.place import AlreadyServed
from asklearn.app.server.running import Served, open_again, serve

__all__ = ["AlreadyServed", "Gate", "Served", "create_app", "open_again", "serve"]
