"""Label names as words."""

import numpy as np
import pytest

from asklearn.models import SentenceEncoder, TfidfEncoder
from asklearn.models.names import described, name_vectors, words_of
from asklearn.tasks import SingleLabel


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("card_payment_fee", "card payment fee"),
        ("cardPaymentFee", "card payment fee"),
        ("HTTPError", "HTTP error"),
        ("sci.space", "sci space"),
        ("Not-At-All", "not at all"),
        ("billing/refund", "billing refund"),
        ("NUM", "NUM"),
        ("größe", "größe"),
        ("日本", "日本"),
        ("covid19", "covid19"),
        ("3", ""),
        ("LABEL_0", ""),
        ("class 12", ""),
        ("-", ""),
        ("N/A", "n a"),
    ],
)
def test_a_name_is_written_out(name: str, words: str) -> None:
    assert words_of(name) == words


def test_a_description_joins_its_name() -> None:
    task = SingleLabel({"bug_report": "something does not work", "praise": "", "1": "an answer"})
    assert described(task) == ["bug report: something does not work", "praise", "an answer"]


def test_a_name_that_says_nothing_has_no_vector() -> None:
    encoder = SentenceEncoder(["title", "body"])
    vectors = name_vectors(SingleLabel(["billing", "7"]), {"sentence": encoder})
    assert vectors.any(axis=1).tolist() == [True, False]
    assert np.allclose(vectors[0], encoder.encode(["billing"])[0], atol=1e-2)


def test_without_sentence_vectors_names_say_nothing() -> None:
    assert name_vectors(SingleLabel(["a", "b"]), {"tfidf": TfidfEncoder(["body"]).fit(["x y"])}) is None
