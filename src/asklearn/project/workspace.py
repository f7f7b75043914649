"""What a project works with: its folder, settings, store, pool and features."""

from __future__ import annotations

from pathlib import Path
from threading import RLock
from typing import Any

from asklearn.core.errors import NotFound, SettingsError
from asklearn.core.protocols import Store, Strategy
from asklearn.loop import Material
from asklearn.models import FittedModel, Learner, find_learner
from asklearn.models.files import load_file, save_file
from asklearn.pool import MemoryPool, Pool, ShardedPool
from asklearn.project.features import Features
from asklearn.project.ledger import Ledger
from asklearn.project.settings import FILE_NAME, Settings, read_settings, write_settings
from asklearn.store import MemoryStore, open_store
from asklearn.strategies import strategy as find_strategy
from asklearn.tasks import SingleLabel

MODELS = "models"
BROUGHT = "brought.skops"


class Workspace:
    """The parts of one project, opened once; settings are read anew when the file changes.

    Parameters
    ----------
    folder : Path or None
        None keeps everything in memory.
    settings : Settings
    learner : Learner, optional
        An object that the settings cannot name (in memory only).
    strategy : Strategy, optional
        The same for a strategy.

    Attributes
    ----------
    trouble : str
        Why the settings file cannot be read just now; empty when it can.
    """

    def __init__(
        self,
        folder: Path | None,
        settings: Settings,
        *,
        learner: Any = None,
        strategy: Strategy | None = None,
    ) -> None:
        self.folder = folder
        self.store: Store = MemoryStore() if folder is None else open_store(folder)
        self.pool: Pool = self._open_pool(settings.text)
        self.ledger = Ledger(self.store)
        self.lock = RLock()
        self._settings = settings
        self._file_state: tuple[int, int] | None = self._stat()
        self.trouble = ""
        self._given_learner, self._given_strategy = learner, strategy
        self._built: dict[str, Any] = {}
        self.features = Features(None if folder is None else folder / "features")
        self.models: dict[int, Any] = {}
        self._versions: dict[str, str] = {}

    @property
    def settings(self) -> Settings:
        """The settings as the file has them now; the last ones that could be read, while it is broken."""
        with self.lock:
            state = self._stat()
            if state != self._file_state and self.folder is not None:
                self._file_state = state
                self._read_again(self.folder)
            return self._settings

    def _read_again(self, folder: Path) -> None:
        """Take up what somebody wrote into the file.

        A slip in it, or an editor that is half-way through saving, must never cost an answer.
        """
        # the history in the store, which whoever changed the task by a call wrote before the file
        history = self.store.get("task") or self._settings.task.to_json()
        try:
            settings = read_settings(folder, history)
        except SettingsError as error:
            self.trouble = error.sentence
            return
        self.trouble = ""
        self.adopt(settings)

    @property
    def task(self) -> SingleLabel:
        """The task in its present version."""
        return self.settings.task

    @property
    def learner(self) -> Learner:
        """What is trained."""
        spec = self._given_learner if self._given_learner is not None else self.settings.learner
        learner: Learner = self._build("learner", spec, lambda: self._find_learner(spec))
        return learner

    @property
    def strategy(self) -> Strategy:
        """What chooses."""
        spec: Any = self._given_strategy if self._given_strategy is not None else self.settings.strategy
        strategy: Strategy = self._build("strategy", spec, lambda: find_strategy(spec))
        return strategy

    def adopt(self, settings: Settings) -> None:
        """Take settings that were read from the file, and log what changed."""
        before, self._settings = self._settings, settings
        if settings.task != before.task:
            self.store.put("task", settings.task.to_json())
            self.store.append("task", body={"version": settings.task.version, "source": "settings file"})
        if settings != before:
            self.store.append("settings", body={"stamp": settings.stamp})

    def change(self, settings: Settings) -> None:
        """Write changed settings by compare-and-swap, and log them."""
        with self.lock:
            if self.folder is not None:
                settings = write_settings(self.folder, settings)
                self._file_state = self._stat()
            self._settings = settings
            self.store.append("settings", body={"stamp": settings.stamp})

    def material(self) -> Material:
        """The pool with the features that the learner reads."""
        with self.lock:
            encoders, caches = self.features.serve(self.learner, self.pool)
            versions = {name: encoder.version for name, encoder in encoders.items()} if len(self.pool) else {}
            if versions != self._versions:
                # models of other features cannot read these; the next one is due
                self.models = {number: model for number, model in self.models.items() if number == 0}
                self._versions = versions
            return Material(self.pool, encoders, caches)

    def models_folder(self) -> Path:
        """Where the models lie.

        Raises
        ------
        NotFound
            When the project lives in memory.
        """
        if self.folder is None:
            raise NotFound("A project in memory keeps no model folders; use project.model.")
        return self.folder / MODELS

    def bring_columns(self, columns: dict[str, Any]) -> None:
        """Let columns of the pool serve as round 0: ``prediction``, and ``probabilities`` by label name."""
        self._brought_columns(columns)
        self.store.put("brought columns", columns)

    def bring_estimator(self, estimator: Any) -> None:
        """Let a fitted model serve as round 0."""
        model = self._brought_estimator(estimator)
        if self.folder is None:
            self.models[0] = model
        else:
            save_file(estimator, self.folder / BROUGHT)

    @property
    def brought(self) -> FittedModel | None:
        """The weak model that was brought along, if any."""
        if 0 in self.models:
            found: FittedModel = self.models[0]
            return found
        if self.folder is not None and (self.folder / BROUGHT).exists():
            estimator = load_file(self.folder / BROUGHT, trusted=self.settings.trusted)
            return self._brought_estimator(estimator)
        columns = self.store.get("brought columns")
        return None if columns is None else self._brought_columns(columns)

    def _brought_columns(self, columns: dict[str, Any]) -> FittedModel:
        from asklearn.models.brought import brought_columns  # brings scikit-learn, which a server never needs

        return brought_columns(self.task, **columns)

    def _brought_estimator(self, estimator: Any) -> FittedModel:
        from asklearn.models.brought import brought_estimator

        fields = self.settings.text or self.pool.fields
        kinds = {"vector": "vector"} if tuple(fields) == ("vector",) else None
        return brought_estimator(estimator, self.task, fields=fields, kinds=kinds)

    def learn_from(self, text: tuple[str, ...]) -> None:
        """Settle which fields are learned from; possible while the pool is empty."""
        if text != self.settings.text:
            self.change(self.settings.having(text=text))
            self.pool = self._open_pool(text)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _open_pool(self, text: tuple[str, ...]) -> Pool:
        content = text or None
        return MemoryPool(content) if self.folder is None else ShardedPool(self.folder / "pool", content)

    def _find_learner(self, spec: Any) -> Learner:
        settings = self.settings
        if isinstance(spec, str) and spec.startswith("file:"):
            if self.folder is None:
                raise SettingsError(f"The learner {spec!r} needs a project in a folder.")
            spec = self.folder / spec.removeprefix("file:")
        return find_learner(
            spec,
            fields=settings.text or self.pool.fields,
            text=settings.text,
            pool=self.pool,
            trusted=settings.trusted,
        )

    def _build(self, name: str, spec: Any, build: Any) -> Any:
        stamp = (id(spec) if not isinstance(spec, str | dict) else repr(spec), self._settings.text,
                 len(self.pool) == 0)  # fmt: skip
        if self._built.get(f"{name} of") != stamp:
            self._built[name], self._built[f"{name} of"] = build(), stamp
        return self._built[name]

    def _stat(self) -> tuple[int, int] | None:
        if self.folder is None:
            return None
        try:
            stat = (self.folder / FILE_NAME).stat()
        except FileNotFoundError:
            return None
        return stat.st_mtime_ns, stat.st_size
