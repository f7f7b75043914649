"""Creating and opening a project's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asklearn.core.errors import InputError, NotFound, StorageError
from asklearn.core.protocols import Strategy
from asklearn.project.learning import tidy
from asklearn.project.settings import FILE_NAME, Settings, default_rule, read_settings, write_settings
from asklearn.project.workspace import Workspace
from asklearn.stopping import Rule
from asklearn.tasks import SingleLabel

LEARNER_FILE = "learner.skops"
STORE_FILE = "store.db"


def create_workspace(
    folder: Path | None,
    *,
    task: SingleLabel,
    learner: Any,
    strategy: str | Strategy,
    stop: Rule | None,
    seed: int,
    text: str | Sequence[str] | None,
    slice_share: float,
    overlap: int,
    name: str | None,
) -> Workspace:
    """A new project; see `Project.create`."""
    if not isinstance(task, SingleLabel):
        raise InputError(f"A task is made of its labels, as in SingleLabel(['a', 'b']); got {task!r}.")
    _check_choices(learner, strategy)
    settings = Settings(
        name=name or (folder.resolve().name if folder is not None else "in memory"),
        task=task,
        seed=seed,
        text=(text,) if isinstance(text, str) else tuple(text or ()),
        strategy=_strategy_setting(strategy),
        rule=stop or default_rule(),
        slice_share=slice_share,
        overlap=overlap,
    )
    if folder is None:
        return _begun(Workspace(None, settings, learner=learner, strategy=_as_object(strategy)))
    _make(folder)
    settings = write_settings(folder, settings.having(**_learner_settings(folder, learner)))
    return _begun(Workspace(folder, settings))


def open_workspace(folder: Path) -> Workspace:
    """The project in a folder; see `Project.open`."""
    if not (folder / FILE_NAME).is_file():
        raise NotFound(
            f"There is no asklearn project in {folder}: it has no {FILE_NAME}. "
            "Make one with asklearn new FILE."
        )
    from asklearn.store import open_store

    if not (folder / STORE_FILE).exists():
        raise StorageError(
            f"{folder / STORE_FILE} is missing, and with it every answer; put a backup in its place, or "
            "delete the folder and make the project anew."
        )
    store = open_store(folder)
    try:
        history, before = store.get("task"), store.get("task before")
        settings = _finished(folder, read_settings(folder, history), history, before)
        if before is not None:
            store.put("task before", None)  # else a file put back by hand would look like a crash
    finally:
        store.close()
    ws = Workspace(folder, settings)
    if not len(ws.pool) and ws.store.known_items():
        ws.close()
        raise StorageError(
            f"{folder / 'pool'} is empty or missing, though items were asked; put it back from a backup."
        )
    if history != settings.task.to_json():
        ws.store.put("task", settings.task.to_json())
        ws.store.append("task", body={"version": settings.task.version, "source": "settings file"})
    tidy(ws)
    return ws


def _finished(folder: Path, settings: Settings, history: Any, before: Any) -> Settings:
    """Complete a change of the task that a crash left between store and file."""
    if history is None or before is None:
        return settings
    as_written = read_settings(folder, before)
    if as_written.task.to_json() != before:
        return settings
    return write_settings(folder, settings.having(task=SingleLabel.from_json(history)))


def _begun(ws: Workspace) -> Workspace:
    ws.store.put("task", ws.task.to_json())
    ws.store.append("created", body={"name": ws.settings.name, "labels": list(ws.task.names)})
    return ws


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except (NotADirectoryError, FileExistsError):
        raise InputError(f"{folder} is a file; a project needs a folder of its own.") from None
    except OSError as error:
        raise StorageError(f"{folder} cannot be made: {error.strerror}.") from None
    if (folder / FILE_NAME).exists():
        raise InputError(f"There is a project in {folder} already; open it, or choose another folder.")
    if taken:
        raise InputError(f"{folder} is not empty; a project needs a folder of its own.")


def _check_choices(learner: Any, strategy: str | Strategy) -> None:
    """Refuse names that nobody registered, and needs that nobody meets, while there is no folder yet."""
    from asklearn.core.view import Embedding, Proba
    from asklearn.models.catalogue import LEARNERS, find_learner
    from asklearn.strategies import check_needs
    from asklearn.strategies import strategy as find_strategy

    chosen = find_strategy(strategy)
    if isinstance(learner, str) and ":" not in learner:
        LEARNERS.get(learner)
    if learner == "auto":
        return  # which learner that is, the data will say
    dense = any(not encoder.sparse for encoder in find_learner(learner).encoders(1))
    check_needs(chosen, {Proba(), Embedding()} if dense else {Proba()})


def _strategy_setting(strategy: str | Strategy) -> Any:
    return strategy if isinstance(strategy, str) else strategy.to_json()


def _as_object(strategy: str | Strategy) -> Strategy | None:
    return None if isinstance(strategy, str) else strategy


def _learner_settings(folder: Path, learner: Any) -> dict[str, Any]:
    """The learner by name, or kept as a file whose types are the user's own and so trusted."""
    if isinstance(learner, str):
        return {"learner": learner}
    from asklearn.models.files import foreign_types, save_file

    save_file(learner, folder / LEARNER_FILE)
    trusted = tuple(foreign_types(folder / LEARNER_FILE))
    return {"learner": f"file:{LEARNER_FILE}", "trusted": trusted}
