"""What the trainable components share: something fitted, kept in Rasa's model archive under a fixed file name."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Dict, Final, Generic, Optional, Tuple, TypeVar

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from typing_extensions import Self

_FILE: Final = "fitted.joblib"
F = TypeVar("F")


class FittedComponent(GraphComponent, Generic[F]):
    """A graph component around one fitted object `F` of `bot.understanding`."""

    built_on: ClassVar[Tuple[ModuleType, ...]] = ()
    """The modules whose code shapes `F`: Rasa's training cache sees only the component's own class."""

    def __init__(self, config: Dict[str, Any], fitted: Optional[F], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._fitted = fitted
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """An untrained component."""
        return cls(config, None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """The component as it was when it was trained."""
        cls.prepare()
        with model_storage.read_from(resource) as folder:
            return cls(config, joblib.load(folder / _FILE), model_storage, resource)

    @classmethod
    def prepare(cls) -> None:
        """What else a loaded component needs at hand before the first message; nothing by default."""

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """A hash of the code in `built_on`: a change there trains anew."""
        digest = hashlib.sha256()
        for module in cls.built_on:
            digest.update(Path(str(module.__file__)).read_bytes())
        return digest.hexdigest()

    @property
    def fitted(self) -> F:
        """The fitted object; raises `RuntimeError` before training."""
        if self._fitted is None:
            raise RuntimeError(f"{type(self).__name__} is not trained")
        return self._fitted

    def _keep(self, fitted: F) -> Resource:
        """Hold `fitted` and write it to the model archive."""
        self._fitted = fitted
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(fitted, folder / _FILE)
        return self._resource
