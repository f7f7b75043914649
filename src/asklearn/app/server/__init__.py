"""The server: the HTTP API and the pages of one project. Handlers authorise, make one call, answer."""
