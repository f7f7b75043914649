"""Messages to a bank, eight topics: the demonstration."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asklearn.project import Project

TOPICS = {
    "Card arrival": "A new card that was ordered and has not come yet.",
    "Lost or stolen card": "The card is gone: lost, stolen, or somebody else may have it.",
    "Declined card payment": "A payment by card was refused in a shop or online.",
    "Card payment not recognised": "A card payment that the customer did not make or does not know.",
    "Pending transfer": "A transfer that was made and still shows as pending.",
    "Transfer timing": "How long a transfer takes, in general or for a country.",
    "Refund not showing up": "A merchant's refund that does not appear on the account.",
    "Exchange rate": "Which rate applies, where it comes from, when it changes.",
}
GUIDELINES = (
    "Choose what the customer wants to be helped with, not every word that occurs. "
    "Where two topics fit, take the one that the bank would have to act on first."
)


@dataclass(frozen=True)
class BankMessages:
    """The messages as columns of equal length.

    Attributes
    ----------
    id, message, topic : list of str
    """

    id: list[str]
    message: list[str]
    topic: list[str]


def load_bank_messages(part: str = "pool") -> BankMessages:
    """The bundled messages: part ``"pool"`` (1,106) or ``"held-out"`` (320).

    Examples
    --------
    >>> messages = load_bank_messages()
    >>> len(messages.message)
    1106
    """
    text = files(__name__).joinpath(f"{part}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    return BankMessages(*([row[name] for row in rows] for name in ("id", "message", "topic")))


def create_demo(folder: str | Path) -> Project:
    """A project of the messages without their topics; the truth is kept for the comparison with random.

    Raises
    ------
    InputError
        When the folder holds a project already.
    """
    import pyarrow as pa

    from asklearn.project import Project
    from asklearn.tasks import SingleLabel

    pool, held_out = load_bank_messages("pool"), load_bank_messages("held-out")
    project = Project.create(
        folder, task=SingleLabel(TOPICS, guidelines=GUIDELINES), name="bank messages", text="message"
    )
    project.add(pa.table({"id": pool.id, "message": pool.message}), id="id", text="message")
    project.keep_truth(
        pa.table({"id": pool.id, "label": pool.topic}),
        pa.table({"message": held_out.message, "label": held_out.topic}),
    )
    return project
