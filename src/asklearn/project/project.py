"""`Project`: create, open, add, ask, tell, learn, verdict, labels, model, run, export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from asklearn.core.errors import NothingToAsk
from asklearn.core.ids import new_key
from asklearn.core.protocols import Store, Strategy
from asklearn.core.records import Answer, Batch, Item, Query, Receipt, Round, Verdict
from asklearn.formats.refusals import OnError
from asklearn.pool import OnChange, Pool
from asklearn.project import asking, exporting, learning, telling
from asklearn.project.creating import create_workspace, open_workspace
from asklearn.project.given import Given, answers_of
from asklearn.project.importing import ImportReport, add_items
from asklearn.project.settings import Settings
from asklearn.project.status import Progress, Status, progress_of, status_of, verdict_of
from asklearn.project.tables import LabelTable, labels_table
from asklearn.project.upkeep import Upkeep
from asklearn.project.workspace import Workspace
from asklearn.stopping import Rule
from asklearn.tasks import SingleLabel


class Project(Upkeep):
    """Pool, task, learner, strategy, rules and store, as one folder.

    Use `create`, `open` or `in_memory`; a project is a context manager and closes its files at the end.

    Examples
    --------
    >>> project = Project.in_memory(task=SingleLabel(["bug", "praise"]), learner="tfidf")
    >>> project.add(["It crashes on start", "I love it", "Crash after login", "Great work"]).added
    4
    >>> batch = project.ask(2)
    >>> receipts = project.tell(batch.answers({batch[0].id: "bug", batch[1].id: "praise"}))
    >>> project.learn().labels
    2
    """

    def __init__(self, workspace: Workspace) -> None:
        self._ws = workspace
        self._session = new_key()
        self._closed = False

    # making and closing -----------------------------------------------------------------------------
    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        task: SingleLabel,
        learner: Any = "auto",
        strategy: str | Strategy = "auto",
        stop: Rule | None = None,
        seed: int = 0,
        text: str | Sequence[str] | None = None,
        slice_share: float = 0.1,
        overlap: int = 1,
        name: str | None = None,
    ) -> Self:
        """Make a project in a new or empty folder.

        Parameters
        ----------
        path : str or Path
        task : SingleLabel
        learner : str or scikit-learn classifier or pipeline
            ``"auto"`` takes the default for the kind of data. An object is kept as a skops file.
        strategy : str or Strategy
        stop : Rule, optional
            By default ``Stable(patience=3) | Budget(labels=400)``.
        seed : int
            The same seed gives the same questions.
        text : str or sequence of str, optional
            Fields that are shown first and learned from; by default what `add` is told, or all fields.
        slice_share : float
            Share of questions drawn at random, which keep the score honest.
        overlap : int
            Annotators wanted for each item.

        Raises
        ------
        InputError
            When the folder holds something already, or the learner can be kept in no file.
        """
        return cls(
            create_workspace(
                Path(path),
                task=task,
                learner=learner,
                strategy=strategy,
                stop=stop,
                seed=seed,
                text=text,
                slice_share=slice_share,
                overlap=overlap,
                name=name,
            )
        )

    @classmethod
    def in_memory(
        cls,
        *,
        task: SingleLabel,
        learner: Any = "auto",
        strategy: str | Strategy = "auto",
        stop: Rule | None = None,
        seed: int = 0,
        text: str | Sequence[str] | None = None,
        slice_share: float = 0.1,
        overlap: int = 1,
        name: str | None = None,
    ) -> Self:
        """The same without a folder: for notebooks and simulation. Takes any learner object."""
        return cls(
            create_workspace(
                None,
                task=task,
                learner=learner,
                strategy=strategy,
                stop=stop,
                seed=seed,
                text=text,
                slice_share=slice_share,
                overlap=overlap,
                name=name,
            )
        )

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open the project in a folder.

        Raises
        ------
        NotFound
            When there is no project.
        SettingsError
            When its settings file cannot be used.
        VersionMismatch
            When a newer asklearn made it.
        """
        return cls(open_workspace(Path(path)))

    def close(self) -> None:
        """Give leases back and close files; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self._ws.store.release(self._session)
            self._ws.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # parts ------------------------------------------------------------------------------------------
    @property
    def path(self) -> Path | None:
        """Its folder; None in memory."""
        return self._ws.folder

    @property
    def name(self) -> str:
        """Its name, as people read it."""
        return self._ws.settings.name

    @property
    def task(self) -> SingleLabel:
        """What a label is, in its present version."""
        return self._ws.task

    @property
    def settings(self) -> Settings:
        """The settings as the file has them now."""
        return self._ws.settings

    @property
    def store(self) -> Store:
        """Where annotations, queries, rounds and events live."""
        return self._ws.store

    @property
    def pool(self) -> Pool:
        """All items."""
        return self._ws.pool

    # the loop ---------------------------------------------------------------------------------------
    def add(
        self,
        source: Any,
        *,
        text: str | Sequence[str] | None = None,
        id: str | Sequence[str] | None = None,
        label: str | Sequence[str | None] | None = None,
        prediction: str | None = None,
        probabilities: str | Mapping[str, str] | None = None,
        on_error: OnError = "stop",
        on_change: OnChange = "error",
        encoding: str | None = None,
        delimiter: str | None = None,
        skipped_to: str | Path | None = None,
        name: str | None = None,
        progress: Callable[[int, int, int], None] | None = None,
    ) -> ImportReport:
        """Take items in; the same source twice adds nothing.

        Parameters
        ----------
        source : path, DataFrame, pyarrow Table, list of texts or dicts, or ndarray of shape (n, d)
            A CSV, TSV, JSONL, JSON or Parquet file; encoding and delimiter are found out.
        text : str or sequence of str, optional
            Columns that are shown first and learned from.
        id : str or sequence of str, optional
            Column of ids, kept as spelled, or the ids; by default a column ``id``, else a hash of the content
            and its occurrence.
        label : str or sequence of str, optional
            Column of labels that some items have already, or the labels; blank means none.
        prediction : str, optional
            Column of a weak model's predicted labels, which serves until the first trained model.
        probabilities : str or mapping, optional
            The same as probabilities: a prefix of column names, or label name to column.
        on_error : {"stop", "skip"}
            What to do with a bad row: stop at it and add nothing, or leave it out and write it to a file.
        on_change : {"error", "revise", "keep"}
            What to do with an id that is there with other content.
        skipped_to : path, optional
            File for bad rows; beside the source when not given.
        name : str, optional
            What messages call the source.
        progress : callable, optional
            Called with rows, bytes read and bytes in all.

        Raises
        ------
        RowError
            On a bad row: names file, line, column and reason.
        InputError
            On a column that is not there, an unknown label, a file that cannot be read.
        """
        return add_items(
            self._ws,
            source,
            text=text,
            id=id,
            label=label,
            prediction=prediction,
            probabilities=probabilities,
            on_error=on_error,
            on_change=on_change,
            encoding=encoding,
            delimiter=delimiter,
            skipped_to=skipped_to,
            name=name,
            progress=progress,
        )

    def ask(
        self, n: int = 1, *, annotator: str = "me", session: str | None = None, seconds: float | None = None
    ) -> Batch:
        """The n items most worth a label now, leased to the annotator; ranks the pool first when stale.

        Fewer come when fewer are left.

        Raises
        ------
        NothingToAsk
            When none is left: the sentence says why, and what would help.
        """
        batch = asking.ask(
            self._ws, n, annotator=annotator, session=session or self._session, seconds=seconds
        )
        if not batch:
            raise NothingToAsk(asking.waiting(self._ws).sentence)
        return batch

    def claim(self, n: int, *, annotator: str, session: str) -> Batch:
        """Up to n queries of the queue as it is; never ranks, never trains, may be empty."""
        return asking.claim(self._ws, n, annotator=annotator, session=session)

    def waiting(self) -> asking.Waiting:
        """Why there is nothing to claim, and when to look again."""
        return asking.waiting(self._ws)

    def tell(
        self,
        answers: Sequence[Answer] | Mapping[str, Any],
        *,
        annotator: str = "me",
        source: str = "python",
        session: str | None = None,
    ) -> list[Receipt]:
        """Store answers; when this returns they survive a crash. All or none of them are taken.

        Parameters
        ----------
        answers : sequence of Answer, or mapping of item id to label name
            ``batch.answers({...})`` pairs answers with their questions; any item of the pool may be told.

        Raises
        ------
        InputError
            On a name that is no label.
        NotFound
            On an unknown item.
        Conflict
            When a key comes again with another body.
        """
        return telling.tell(self._ws, answers, annotator=annotator, source=source, session=session)

    def undo(
        self, *, annotator: str = "me", session: str | None = None, key: str | None = None
    ) -> Query | None:
        """Take back the annotator's last answer (or the one with that key); its item is asked again.

        Returns
        -------
        Query or None
            The question, leased to the session; None when nothing is left to undo.
        """
        return telling.undo(self._ws, annotator=annotator, session=session or self._session, key=key)

    def answers(
        self, annotator: str | None = None, *, limit: int = 50, before: int | None = None
    ) -> list[Given]:
        """Answers newest first, those taken back or corrected marked so."""
        return answers_of(self._ws, annotator, limit=limit, before=before)

    def learn(self) -> Round:
        """Train on all labels and keep the model; the next `ask` ranks with it.

        Raises
        ------
        NotReady
            When there is no label yet.
        Conflict
            When another process is learning for this project.
        """
        return learning.learn_round(self._ws)

    def refresh(self, *, stop: Callable[[], bool] | None = None) -> int:
        """Rank the pool with the newest model and replace the queue; returns how many queries came in."""
        return learning.refresh(self._ws, stop=stop)

    def encode(
        self, *, progress: Callable[[int, int], None] | None = None, stop: Callable[[], bool] | None = None
    ) -> None:
        """Compute the features that are missing, block by block; resumable."""
        self._ws.features.fill(self._ws.learner, self._ws.pool, progress=progress, stop=stop)

    def is_stale(self) -> bool:
        """Whether the queue was ranked by an older model, or for another pool or task."""
        return learning.is_stale(self._ws, None)

    def is_due(self) -> bool:
        """Whether a new model is worth training now, or was asked for."""
        return learning.is_due(self._ws)

    def request_learning(self) -> None:
        """Ask the worker for a new model."""
        learning.request_learning(self._ws)

    def verdict(self) -> Verdict:
        """Whether another label still pays: one sentence, with the figures behind it."""
        return verdict_of(self._ws)

    def status(self) -> Status:
        """Where the project stands."""
        return status_of(self._ws)

    def progress(self, annotator: str) -> Progress:
        """An annotator's progress and pace."""
        return progress_of(self._ws, annotator)

    def run(
        self,
        oracle: Callable[[Item], Any],
        *,
        batch_size: int = 20,
        labels: int | None = None,
        annotator: str = "oracle",
    ) -> Verdict:
        """Turn the loop with a function that answers, until the rules say stop or nothing is left.

        Parameters
        ----------
        oracle : callable
            Takes an `Item`, gives a label's name, or None to skip.
        labels : int, optional
            Turn at most until there are that many labels, whatever the rules say.
        """
        while not self._enough(labels):
            try:
                batch = self.ask(batch_size, annotator=annotator)
            except NothingToAsk:
                break
            given = [(query, oracle(query.item)) for query in batch]
            self.tell(
                [
                    Answer(
                        item=query.id,
                        query=query.key,
                        value=value,
                        kind="skip" if value is None else "answer",
                    )
                    for query, value in given
                ],
                annotator=annotator,
                source="oracle",
            )
            if any(value is not None for _, value in given):
                self.learn()
        return self.verdict()

    def _enough(self, labels: int | None) -> bool:
        if labels is None:
            return self.verdict().state == "stop"
        return self._ws.ledger.labelled(self.task, self.settings.overlap) >= labels

    # results ----------------------------------------------------------------------------------------
    def labels(self) -> LabelTable:
        """The settled labels, one row for each item, exact duplicates included."""
        return labels_table(self._ws)

    @property
    def model(self) -> Any:
        """The newest model: one fitted scikit-learn Pipeline from raw fields to label names.

        Raises
        ------
        NotReady
            Before the first model.
        """
        return exporting.newest(self._ws).pipeline()

    def export(self, path: str | Path, *, what: str = "labels", format: str | None = None) -> int:
        """Write labels, annotations or the whole provenance as CSV, JSONL, Parquet or a datasets folder.

        Returns
        -------
        int
            Rows written.
        """
        return exporting.export(self._ws, path, what=what, format=format)

    def export_model(self, path: str | Path) -> Path:
        """Write the newest model as a skops file with its card beside it."""
        return exporting.export_newest(self._ws, path)

    def __repr__(self) -> str:
        where = "in memory" if self.path is None else str(self.path)
        return f"Project({self.name!r}, {where})"
