"""The terminal: a file per command, each thin over `asklearn.project.Project`."""

from asklearn.app.cli.main import app, main

__all__ = ["app", "main"]
