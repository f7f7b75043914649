"""The reference pages list every command, option and setting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.commands import all_commands

from asklearn.app.cli import app

DOCS = Path(__file__).resolve().parents[2] / "docs"
EVERYWHERE = {"--json", "--help", "--home", "--project"}
COMMANDS = dict(all_commands(app))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_line_page_has_every_command_and_option(name: str):
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    section = re.search(rf"^#+ {re.escape(name)}\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    assert section, f"docs/cli.md has no section {name!r}"
    for parameter in COMMANDS[name].params:
        long = {option for option in parameter.opts if option.startswith("--")} - EVERYWHERE
        if long:
            assert any(f"`{option}`" in section[1] for option in long), (
                f"docs/cli.md, {name}: {long} is missing"
            )


def test_the_command_line_page_has_no_command_that_is_gone():
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^##+ (.+)$", page, re.MULTILINE)) == set(COMMANDS)


def test_the_settings_page_has_every_setting(tmp_path: Path):
    import tomllib

    from asklearn.project import Project
    from asklearn.tasks import SingleLabel

    Project.create(tmp_path / "one", task=SingleLabel(["a", "b"])).close()
    written = tomllib.loads((tmp_path / "one" / "asklearn.toml").read_text(encoding="utf-8"))
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    for name in _settings(written):
        assert f"`{name}`" in page, f"docs/settings.md: {name} is missing"


def _settings(written: dict[str, object]) -> set[str]:
    names = set()
    for name, value in written.items():
        if isinstance(value, dict) and name != "stopping":
            names |= {f"{name}.{inner}" for inner in value}
        else:
            names.add(name)
    return names


def test_the_http_page_has_every_endpoint():
    from asklearn.app.server import Gate, create_app
    from asklearn.project import Project
    from asklearn.tasks import SingleLabel

    page = (DOCS / "http.md").read_text(encoding="utf-8")
    with Project.in_memory(task=SingleLabel(["a", "b"])) as project:
        paths = create_app(project, Gate(b"secret" * 8)).openapi()["paths"]
    there = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    assert set(re.findall(r"^\| `(\w+ /api/\S+)` \|", page, re.MULTILINE)) == there


def test_every_link_between_pages_leads_somewhere():
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
