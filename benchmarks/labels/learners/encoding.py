"""How fast sentence vectors are made on one core, set by set."""

from __future__ import annotations

import numpy as np
from features import encode
from sets import SETS, load

from asklearn.models.threads import threads_for


def main() -> None:
    print("| set | characters, mean | texts a second and core |\n|---|---|---|")
    for name in SETS:
        texts = load(name).texts
        sample = [texts[i] for i in np.random.default_rng(0).permutation(len(texts))[:1_024]]
        with threads_for(1):
            _, seconds = encode(sample)
        print(
            f"| {name} | {np.mean([len(t) for t in texts]):.0f} | {len(sample) / seconds:.0f} |", flush=True
        )


if __name__ == "__main__":
    main()
