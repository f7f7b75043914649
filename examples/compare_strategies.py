"""Would choosing pay here? Compare strategies on data whose labels are known, in memory.

The bundled messages to a bank stand in for yours; the truth answers instead of a person.
"""

from __future__ import annotations

import sys

import asklearn as al
from asklearn.datasets import load_bank_messages


def accuracy_after(strategy: str, labels: int, seed: int) -> float:
    """Accuracy on held-out messages after that many labels."""
    pool, test = load_bank_messages("pool"), load_bank_messages("held-out")
    truth = dict(zip(pool.id, pool.topic, strict=True))
    items = [{"id": id_, "text": text} for id_, text in zip(pool.id, pool.message, strict=True)]
    project = al.Project.in_memory(
        task=al.SingleLabel(sorted(set(pool.topic))),
        strategy=strategy,
        seed=seed,
        text="text",
    )
    project.add(items, id="id")
    project.run(oracle=lambda item: truth[item.id], batch_size=20, labels=labels)
    guessed = project.model.predict(test.message)
    return sum(guess == topic for guess, topic in zip(guessed, test.topic, strict=True)) / len(test.topic)


def main(labels: int = 60, seeds: int = 2) -> None:
    """Print the mean accuracy of each strategy."""
    for strategy in ("random", "auto"):
        found = [accuracy_after(strategy, labels, seed) for seed in range(seeds)]
        print(f"{strategy:>8}: {sum(found) / len(found):.3f} right with {labels} labels, {seeds} seeds")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
