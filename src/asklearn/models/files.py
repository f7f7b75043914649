"""Model files: skops, with an explicit list of what may be in them. Never pickle."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from asklearn.core.errors import InputError, StorageError

OURS = (
    "asklearn.models.brought.ColumnReader",
    "asklearn.models.brought.ColumnsClassifier",
    "asklearn.models.calibrated.CalibratedHead",
    "asklearn.models.encoders.sentence.SentenceEncoder",
    "asklearn.models.encoders.tfidf.HashedTfidfEncoder",
    "asklearn.models.encoders.tfidf.TfidfEncoder",
    "asklearn.models.encoders.vector.VectorEncoder",
    "asklearn.models.estimator.EstimatorLearner",
    "asklearn.models.fused.FusedHead",
    "asklearn.models.fused.FusedReader",
    "asklearn.models.mixed.MixedLearner",
    "asklearn.models.name_prior.NamePriorClassifier",
    "asklearn.models.readers.FeatureReader",
    "asklearn.models.readers.FrameReader",
    "asklearn.models.readers.TextFeatureReader",
    "asklearn.models.readers.TextReader",
    "asklearn.models.table.TableReader",
    "asklearn.models.text.TextLearner",
)
"""Types of ours that a model file may hold. `FunctionEncoder` is not one: it imports what it names."""

HARMLESS = (
    "builtins.object",
    "numpy.bool_",
    "numpy.dtype",
    "numpy.float32",
    "numpy.float64",
    "numpy.int64",
    "numpy.str_",
    "scipy.sparse._csr.csr_array",
    "scipy.sparse._csr.csr_matrix",
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
    "sklearn.compose._column_transformer.make_column_selector",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.feature_selection._univariate_selection.chi2",
    "sklearn.feature_selection._univariate_selection.f_classif",
    "sklearn.gaussian_process._gpc._BinaryGaussianProcessClassifierLaplace",
    "sklearn.gaussian_process.kernels.ConstantKernel",
    "sklearn.gaussian_process.kernels.Product",
    "sklearn.gaussian_process.kernels.RBF",
    "sklearn.metrics._dist_metrics.EuclideanDistance64",
    "sklearn.metrics._scorer._PassthroughScorer",
    "sklearn.model_selection._split.StratifiedKFold",
    "sklearn.model_selection._split._CVIterableWrapper",
    "sklearn.neighbors._kd_tree.KDTree",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    "sklearn.tree._tree.Tree",
    "sklearn.utils._bunch.Bunch",
    "sklearn.utils._metadata_requests.MetadataRequest",
    "sklearn.utils._metadata_requests.MethodMetadataRequest",
)
"""Parts of common estimators that skops itself leaves to the reader; each holds numbers and names."""


def save_file(contents: Any, path: str | Path) -> None:
    """Write an object as a skops file.

    Raises
    ------
    InputError
        When something in it cannot be written without pickle, such as a lambda.
    StorageError
        When the file cannot be written.
    """
    from skops.io import dumps
    from skops.io.exceptions import UnsupportedTypeException

    try:
        raw = dumps(contents)
    except (UnsupportedTypeException, TypeError, AttributeError) as error:
        raise InputError(
            f"This model cannot be written to a file: {error}. A project in memory takes it as it is."
        ) from None
    _check_importable(raw)
    try:
        Path(path).write_bytes(raw)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from None


def _check_importable(raw: bytes) -> None:
    from skops.io import get_untrusted_types

    for name in sorted(set(get_untrusted_types(data=raw)) - {*OURS, *HARMLESS}):
        module, _, attribute = name.rpartition(".")
        if module == "__main__" or not hasattr(sys.modules.get(module), attribute):
            raise InputError(
                f"This model cannot be written to a file, as {name} lives in no module that another process "
                "could import; move it to one. A project in memory takes it as it is."
            )


def foreign_types(path: str | Path, *, trusted: Iterable[str] = ()) -> list[str]:
    """Types in a model file that neither asklearn nor the caller trusts, sorted; empty when it may be loaded.

    Raises
    ------
    InputError
        When the file is not there or is no skops file.
    """
    from skops.io import get_untrusted_types

    try:
        found = get_untrusted_types(file=path)
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except (BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise InputError(f"{path} is no model file of skops, or is damaged ({error}).") from None
    return sorted(set(found) - {*OURS, *HARMLESS, *trusted})


def load_file(path: str | Path, *, trusted: Iterable[str] = ()) -> Any:
    """The object in a skops file, when all its types are trusted.

    Parameters
    ----------
    path : str or Path
    trusted : iterable of str
        Full names of further types, such as ``"mypackage.models.MyClassifier"``.

    Raises
    ------
    InputError
        Lists the types that would have to be trusted.
    """
    from skops.io import load

    allowed = tuple(trusted)
    strange = foreign_types(path, trusted=allowed)
    if strange:
        raise InputError(
            f"{Path(path).name} holds types that asklearn does not know: {', '.join(strange)}. Loading "
            "them runs their code; if you trust where the file comes from, add them to `trusted` in "
            "asklearn.toml."
        )
    return load(path, trusted=[*OURS, *HARMLESS, *allowed])
