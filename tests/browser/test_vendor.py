"""What is vendored is what the lock names; the page loads only its own files."""

import hashlib
import json
import re
from pathlib import Path

import asklearn

WEB = Path(asklearn.__file__).parent / "app" / "web"
VENDOR = WEB / "vendor"
LOCK = json.loads((VENDOR / "LOCK.json").read_text())
IMPORT = re.compile(r"""(?:from\s*|import\s*\(?\s*)["']([^"']+)["']""")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def own_modules():
    return sorted(path for path in WEB.rglob("*.js") if VENDOR not in path.parents)


def reached(start):
    found, todo = set(), [start]
    while todo:
        path = todo.pop()
        if path in found:
            continue
        found.add(path)
        static = re.findall(
            r'(?:^import|^export|^\}|[;}]import|[;}]export|^)[^;]*?from\s*"([^"]+)"',
            path.read_text(),
            re.MULTILINE,
        )
        todo += [(path.parent / one).resolve() for one in static]
    return found


def test_every_vendored_module_is_in_the_lock_with_its_hash():
    assert {one["file"] for one in LOCK} == {path.name for path in VENDOR.glob("*.js")}
    for one in LOCK:
        assert sha256((VENDOR / one["file"]).read_bytes()) == one["sha256"], one["file"]


def test_undoing_the_rewrite_gives_the_original_back():
    for one in LOCK:
        text = (VENDOR / one["file"]).read_text() + one["dropped"]
        for bare, path in one["rewrites"].items():
            text = text.replace(f'from"{path}"', f'from"{bare}"')
        assert sha256(text.encode()) == one["sha256_original"], one["file"]


def test_every_vendored_module_has_its_licence_beside_it():
    for one in LOCK:
        assert one["licence"] in ("MIT", "Apache-2.0")
        text = (VENDOR / one["licence_file"]).read_text()
        assert ("MIT License" in text) or ("Apache License" in text)


def test_imports_are_relative_and_lead_to_files_that_are_there():
    for path in [*own_modules(), *VENDOR.glob("*.js")]:
        for target in IMPORT.findall(path.read_text()):
            if not target.endswith((".js", "types")):
                continue
            assert target.startswith("."), (path.name, target)
            file = (path.parent / target).resolve()
            assert file.is_file() or file.with_suffix(".d.ts").is_file(), (path.name, target)


def test_the_page_preloads_exactly_the_modules_it_needs_at_first():
    html = (WEB / "index.html").read_text()
    named = {(WEB / path).resolve() for path in re.findall(r'modulepreload" href="/static/([^"]+)"', html)}
    assert named | {(WEB / "main.js").resolve()} == reached((WEB / "main.js").resolve())


def test_no_page_file_needs_another_server_an_inline_style_or_an_inline_script():
    for path in [WEB / "index.html", *WEB.glob("*.css"), *own_modules()]:
        text = path.read_text()
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text), path.name
        assert not re.search(r"[\s<]style=", text), path.name
        assert "innerHTML" not in text, path.name
        assert "dangerouslySetInnerHTML" not in text, path.name


def test_files_of_the_page_stay_small():
    for path in own_modules():
        assert len(path.read_text().splitlines()) < 300, path.name
    weight = sum(path.stat().st_size for path in WEB.rglob("*") if path.suffix in (".js", ".css", ".html"))
    assert weight < 250_000  # uncompressed; a third of it on the wire with compression
