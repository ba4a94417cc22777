"""A stand-in for TensorFlow: its names can be imported, subclassed and used in annotations, and nothing else.

Rasa 3.6 imports TensorFlow at the top of modules that our pipeline never calls. The real package costs 1.3 GB
and 8 s at every start, so the environment carries this one instead (docs/decisions/0002-no-tensorflow.md).
Using a name (calling it, making an instance) raises `TensorFlowLeftOutError`.
"""

import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any, ClassVar

__version__ = "2.12.0"


class TensorFlowLeftOutError(ImportError):
    """Raised where code really needs TensorFlow, which this environment leaves out."""


class _NameMeta(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _name(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]  # used as a decorator while Rasa's modules are being imported
        raise TensorFlowLeftOutError(
            f"{cls.__qualname__} needs TensorFlow, which this environment leaves out. "
            "Take the TensorFlow component (DIET, TED, ResponseSelector, ...) out of config.yml, or use an environment "
            "with the real package: see docs/decisions/0002-no-tensorflow.md."
        )


def _name(path: str) -> Any:
    return _NameMeta(path.rpartition(".")[2], (), {"__qualname__": path, "__module__": "tensorflow"})


class _Module(types.ModuleType):
    __version__ = __version__
    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _name(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        if fullname.partition(".")[0] in {"tensorflow", "keras"}:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


sys.meta_path.append(_Finder())


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _name(f"tensorflow.{name}")
