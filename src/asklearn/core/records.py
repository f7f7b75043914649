"""The records that rooms hand each other: frozen, typed, JSON-able."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Origin = Literal["imported", "stream", "synthetic"]
Purpose = Literal["train", "slice", "evaluate", "gold", "review", "relabel", "manual"]
QueryState = Literal["queued", "leased", "pushed", "answered", "skipped", "withdrawn", "expired"]
AnnotationKind = Literal["answer", "skip", "flag", "retract"]
LabelState = Literal["agreed", "disputed", "wanting"]
VerdictState = Literal["too early to say", "continue", "consider stopping", "stop"]

#: Queries of these purposes stay queued through re-ranks until they are answered.
LASTING_PURPOSES: frozenset[str] = frozenset({"slice", "evaluate", "gold", "review", "relabel", "manual"})
#: Items of these purposes never show a suggestion: they measure the model.
BLIND_PURPOSES: frozenset[str] = frozenset({"slice", "evaluate", "gold"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to label.

    ``row`` is its position in the pool (append-only, from 0); -1 when the item is not in a pool.
    """

    id: str
    fields: Mapping[str, Any]
    revision: int = 1
    origin: Origin = "imported"
    row: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """How an item was drawn; an unknown probability is None, never guessed.

    Attributes
    ----------
    q : float or None
        Probability of this draw given the earlier ones.
    pi : float or None
        Marginal inclusion probability.
    """

    q: float | None = None
    pi: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an item is asked, as a record; `asklearn.core.wording.say_reason` makes the sentence.

    Attributes
    ----------
    kind : str
        Such as ``"margin"``, ``"random"``, ``"diverse"``, ``"cold"``.
    classes : tuple of int
        Positions in the task's class order that the reason speaks of.
    figures : mapping of str to float
        Such as ``{"p1": 0.48, "p2": 0.44}``.
    labels : tuple of str
        Ids of the same classes, filled in by the loop, since positions move when the label set changes.
    """

    kind: str
    classes: tuple[int, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a model proposes for an item.

    Attributes
    ----------
    value : Any
        A value of the task; for a single label, the label's id.
    probability : float or None
    probabilities : mapping of str to float
        By label id, the largest ones; may be cut off to save room.
    model : int or None
        Number of the model; 0 is round 0 (label names, or a weak model brought along).
    source : str
        ``"model"``, ``"names"`` (label names only) or ``"brought"`` (a weak model brought along).
    """

    value: Any
    probability: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)
    model: int | None = None
    source: Literal["model", "names", "brought"] = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question: "please label this item".

    Attributes
    ----------
    key : str
        UUIDv7 of the query.
    strategy : str
        Its repr or short name: what chose the item.
    model : int or None
        Number of the model whose scores were used.
    round : int
        The round that asked.
    suggestion : Suggestion or None
        None when there is none, or when the purpose is blind.
    queued_at, asked_at : int
        When it was queued, and first leased to somebody; microseconds since 1970 UTC, 0 when not yet.
    """

    key: str
    item: Item
    purpose: Purpose = "train"
    score: float | None = None
    rank: int = 0
    reason: Reason = Reason(kind="random")
    draw: Draw = Draw()
    strategy: str = ""
    model: int | None = None
    round: int = 0
    suggestion: Suggestion | None = None
    state: QueryState = "queued"
    queued_at: int = 0
    asked_at: int = 0
    leased_to: str | None = None
    lease_until: int | None = None

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @property
    def fields(self) -> Mapping[str, Any]:
        """The item's fields."""
        return self.item.fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSuggestion:
    """What the annotator saw of a suggestion when answering."""

    value: Any
    model: int | None = None
    shown: bool = True
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotator's answer for one item; append-only.

    Attributes
    ----------
    key : str
        UUIDv7 minted once per answer; kept across retries. Same key and body: a no-op.
    item : str
        The item's id.
    query : str or None
        Key of the query answered, if any.
    value : Any
        For *answer*, a stored task value (label id); for *flag*, None or a value; else None.
    seconds : float or None
        Time the annotator took.
    answered_at, received_at : int
        Microseconds since 1970 UTC.
    source : str
        ``"page"``, ``"python"``, ``"cli"``, ``"import"``, ``"oracle"``, a connector's name.
    supersedes : str or None
        Key of the annotation that this one corrects or retracts.
    seq : int
        Order of arrival, given by the store (that of its event); 0 before it is stored.
    current : bool
        False once it is superseded or retracted; kept by the store, no part of the body.
    """

    key: str
    item: str
    annotator: str
    kind: AnnotationKind = "answer"
    value: Any = None
    query: str | None = None
    revision: int = 1
    task_version: int = 1
    guideline_version: int = 1
    suggestion: ShownSuggestion | None = None
    seconds: float | None = None
    answered_at: int = 0
    received_at: int = 0
    source: str = "python"
    supersedes: str | None = None
    comment: str | None = None
    seq: int = 0
    current: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The settled answer for an item, derived from its annotations."""

    item: str
    value: Any
    confidence: float = 1.0
    state: LabelState = "agreed"
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One figure of a round, with its interval and what it rests on.

    Attributes
    ----------
    name : str
        Such as ``"accuracy"``, ``"macro-f1"``, ``"uncertainty"``, ``"kappa"``.
    low, high : float or None
        95 % interval, where there is one.
    n : int or None
        How many items it rests on.
    basis : str
        ``"cross-validation"``, ``"slice"``, ``"pool"``, ``"stop set"``, ``"truth"``.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    n: int | None = None
    basis: str = "pool"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One turn of the loop.

    Attributes
    ----------
    number : int
        Counts models from 1; round 0 has no trained model.
    labels : int
        How many labels its model was trained on.
    task_version : int
    started_at, finished_at : int
        Microseconds since 1970 UTC.
    strategy : str
        The configuration that ranked the queue with this model.
    memory : mapping
        JSON memory of policies and streams.
    observations : tuple of Observation
    class_counts : mapping of str to int
        Labels per label id in the training set.
    manifest : str
        SHA-256 over the model's files; empty when nothing was written.
    learner : str
        What was trained, in words or as its repr.
    """

    number: int
    labels: int
    task_version: int = 1
    started_at: int = 0
    finished_at: int = 0
    strategy: str = ""
    learner: str = ""
    memory: Mapping[str, Any] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    class_counts: Mapping[str, int] = field(default_factory=dict)
    manifest: str = ""

    def observation(self, name: str, basis: str | None = None) -> Observation | None:
        """The observation of that name (and basis), or None."""
        return next(
            (o for o in self.observations if o.name == name and (basis is None or o.basis == basis)), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules say: a state, one sentence, the figures behind it."""

    state: VerdictState
    sentence: str
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change of the project; ``seq`` is gapless and in commit order."""

    seq: int
    at: int
    kind: str
    version: int = 1
    subject: str = ""
    actor: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch(Sequence[Query]):
    """The queries of one ask, in order; ``annotator`` is who asked."""

    queries: tuple[Query, ...]
    annotator: str = "me"

    def __len__(self) -> int:
        return len(self.queries)

    def __getitem__(self, index: Any) -> Any:
        return self.queries[index]

    def __iter__(self) -> Iterator[Query]:
        return iter(self.queries)

    def answers(self, values: Mapping[str, Any]) -> list[Answer]:
        """Pair answers with the queries of this batch.

        Parameters
        ----------
        values : mapping of item id to value
            Value as a person writes it: a label's name. Items left out stay unanswered.

        Raises
        ------
        NotFound
            When an id is not in the batch.
        """
        from asklearn.core.errors import NotFound
        from asklearn.core.ids import new_key

        by_id = {query.id: query for query in self.queries}
        for one in values:
            if one not in by_id:
                raise NotFound(f"Item {one!r} is not in this batch; tell(...) takes any item of the pool.")
        return [
            Answer(item=one, value=value, query=by_id[one].key, key=new_key(), annotator=self.annotator)
            for one, value in values.items()
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer on its way in, in the words of whoever gives it; ``tell`` makes it an annotation.

    ``value`` is a label's name (or None for skip, flag and retract).
    """

    item: str
    value: Any = None
    kind: AnnotationKind = "answer"
    key: str | None = None
    query: str | None = None
    annotator: str | None = None
    seconds: float | None = None
    comment: str | None = None
    shown: bool | None = None
    answered_at: int | None = None
    supersedes: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one told annotation: ``repeated`` when the same key and body were there already."""

    key: str
    seq: int
    repeated: bool = False
