"""An encoder gives the same features for the same item for ever, and says so by its version."""

import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse

from asklearn.core.errors import InputError, NotReady, UnknownName, VersionMismatch
from asklearn.models import (
    FunctionEncoder,
    SentenceEncoder,
    TfidfEncoder,
    VectorEncoder,
    find_encoder,
    load_encoder,
)
from asklearn.models.encoders import HashedTfidfEncoder

TABLE = pa.table({"body": ["the card was refused", "my parcel is late", "", None, "card card card"]})


def lengths(texts: list[str]) -> list[list[float]]:
    """A function of texts, importable."""
    return [[len(text), text.count("a")] for text in texts]


def every_encoder() -> list[object]:
    return [
        SentenceEncoder(["body"]),
        TfidfEncoder(["body"]),
        HashedTfidfEncoder(["body"], bits=10),
        FunctionEncoder(["body"], "statistics_of_text:lengths"),
    ]


@pytest.fixture(autouse=True)
def importable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "statistics_of_text.py").write_text(
        "def lengths(texts): return [[len(t), 1.0] for t in texts]\n"
    )
    monkeypatch.syspath_prepend(str(folder))


@pytest.mark.parametrize("encoder", every_encoder(), ids=lambda one: one.name)
def test_features_have_a_row_for_every_item_and_depend_on_the_item_only(encoder) -> None:
    encoder.fit(TABLE)
    whole = dense(encoder.transform(TABLE))
    assert whole.shape[0] == 5
    assert np.isfinite(whole).all()
    assert np.allclose(dense(encoder.transform(TABLE.slice(1, 2))), whole[1:3], atol=1e-3)
    assert np.allclose(whole[2], whole[3]), "a missing text is a blank one"
    assert dense(encoder.transform(TABLE.slice(0, 0))).shape == (0, whole.shape[1])


@pytest.mark.parametrize("encoder", every_encoder(), ids=lambda one: one.name)
def test_an_encoder_comes_back_from_its_folder_the_same(encoder, tmp_path: Path) -> None:
    encoder.fit(TABLE)
    encoder.save(tmp_path / "kept")
    back = load_encoder(tmp_path / "kept")
    assert (back.name, back.version, repr(back)) == (encoder.name, encoder.version, repr(encoder))
    assert np.array_equal(dense(back.transform(TABLE)), dense(encoder.transform(TABLE)))


@pytest.mark.parametrize("encoder", every_encoder(), ids=lambda one: one.name)
def test_it_travels_to_other_processes(encoder) -> None:
    encoder.fit(TABLE)
    raw = pickle.dumps(encoder)
    assert len(raw) < 20_000, "pretrained weights stay behind"
    assert np.array_equal(dense(pickle.loads(raw).transform(TABLE)), dense(encoder.transform(TABLE)))


def test_the_version_pins_configuration_fields_and_what_was_learned() -> None:
    def version(sample: list[str], **options: object) -> str:
        return TfidfEncoder(["body"], **options).fit(sample).version

    first = version(["a card", "a parcel"])
    assert first == version(["a card", "a parcel"])
    assert len({first, version(["a card", "a letter"]), version(["a card", "a parcel"], words=1)}) == 3
    assert SentenceEncoder(["body"]).version != SentenceEncoder(["title"]).version
    assert SentenceEncoder(["body"], cut=10).version != SentenceEncoder(["body"]).version


@pytest.mark.parametrize("encoder", [TfidfEncoder(["body"]), HashedTfidfEncoder(["body"], bits=8)])
def test_a_vocabulary_is_outgrown_by_a_much_larger_pool(encoder, tmp_path: Path) -> None:
    encoder.fit(["some words"] * 300).save(tmp_path)
    for one in (encoder, load_encoder(tmp_path)):
        assert one.sample_size == 300
        assert [one.outgrown(items) for items in (300, 1_200, 1_201)] == [False, False, True]
    assert not SentenceEncoder(["body"]).outgrown(10**9)


def test_what_is_not_fitted_says_so() -> None:
    encoder = TfidfEncoder(["body"])
    for use in (lambda: encoder.version, lambda: encoder.transform(["x"])):
        with pytest.raises(NotReady, match="fit first"):
            use()


def test_sentence_vectors_have_unit_length_and_put_a_translation_nearby() -> None:
    texts = ["Where is my card?", "¿Dónde está mi tarjeta?", "I love the staff here"]
    vectors = SentenceEncoder(["body"]).transform(texts)
    assert vectors.dtype == np.float16
    assert np.allclose(np.linalg.norm(vectors.astype(float), axis=1), 1, atol=1e-2)
    likeness = vectors.astype(float) @ vectors.astype(float).T
    assert likeness[0, 1] > likeness[0, 2] + 0.2


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    encoder = SentenceEncoder(["body"], cut=50)
    head = "a ticket about a card that was refused at the till"
    assert np.array_equal(encoder.transform([head]), encoder.transform([head[:50] + " never read" * 1_000]))


def test_weights_of_another_version_are_not_passed_off_as_the_same() -> None:
    with pytest.raises(VersionMismatch, match=r"made with version 0\.0 of fast-universal"):
        SentenceEncoder(["body"], package="0.0").transform(["x"])


def test_tfidf_prefers_rare_words_and_bounds_its_vocabulary() -> None:
    encoder = TfidfEncoder(["body"], words=3, characters=5).fit(["card card fee", "card late", "card post"])
    row = encoder.transform(["card fee"])
    assert sparse.isspmatrix_csr(row)
    assert row.dtype == np.float32
    assert row.shape[1] == 8
    assert encoder.transform(["quite other"]).sum() >= 0


@pytest.mark.parametrize("sample", [[], ["", " "], ["!!!"]])
def test_tfidf_bears_a_sample_without_a_word(sample: list[str]) -> None:
    encoder = TfidfEncoder(["body"]).fit(sample)
    assert encoder.transform(["some words"]).shape[0] == 1


def test_vectors_of_the_pool_are_features_as_they_are() -> None:
    X = np.random.default_rng(0).normal(size=(5, 3)).astype(np.float32)
    assert np.array_equal(find_encoder("vector", ["vector"]).transform(X), X)
    with pytest.raises(InputError, match="one column"):
        VectorEncoder(["a", "b"])


def test_any_function_of_texts_and_any_model_with_encode_is_an_encoder() -> None:
    class Model:
        def encode(self, texts: list[str]) -> np.ndarray:
            return np.ones((len(texts), 2))

    assert find_encoder(lengths, ["body"]).transform(["aa", "b"]).tolist() == [[2, 2], [1, 0]]
    assert find_encoder(Model(), ["body"]).transform(["aa", "b"]).shape == (2, 2)


def test_a_function_that_loses_a_text_is_told_so() -> None:
    with pytest.raises(InputError, match=r"shape \(1, 1\) for 2 texts"):
        FunctionEncoder(["body"], lambda _: [[1.0]], label="lossy").transform(["a", "b"])


def test_wrong_names_get_a_hint() -> None:
    with pytest.raises(UnknownName, match="did you mean 'sentence'"):
        find_encoder("sentense", ["body"])
    with pytest.raises(InputError, match="cannot be imported"):
        find_encoder("no_such_module:f", ["body"]).transform(["x"])
    with pytest.raises(InputError, match="An encoder is a name"):
        find_encoder(7, ["body"])


def test_a_folder_without_an_encoder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no saved encoder"):
        load_encoder(tmp_path)


def dense(matrix) -> np.ndarray:
    return matrix.toarray() if sparse.issparse(matrix) else np.asarray(matrix)
