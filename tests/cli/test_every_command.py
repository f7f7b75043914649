"""Every command keeps the same manners."""

from __future__ import annotations

import re

import pytest
from tests.cli.commands import all_commands

from asklearn.app.cli import app

COMMANDS = dict(all_commands(app))
PROMISED = {
    "demo", "new", "add", "serve", "worker", "ask", "tell", "learn", "status",
    "show", "labels", "export", "predict", "strategies", "forget", "backup", "doctor",
}  # fmt: skip


def test_all_promised_commands_are_there():
    assert {name for name in COMMANDS if " " not in name} == PROMISED


@pytest.mark.parametrize("name", COMMANDS)
def test_it_has_json_and_says_so(name):
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert "--json" in options


@pytest.mark.parametrize("name", COMMANDS)
def test_its_help_is_a_sentence_and_every_option_is_explained(run, name):
    shown = run(*name.split(), "--help")
    assert shown.code == 0
    assert COMMANDS[name].help.strip().split("\n")[0].endswith(".")
    for parameter in COMMANDS[name].params:
        assert parameter.help, f"{name}: {parameter.name} has no help"


def test_help_lists_them_all(run):
    listed = run("--help").out
    assert all(re.search(rf"\b{name}\b", listed) for name in PROMISED)
