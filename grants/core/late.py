"""The parts of scipy that calculate, loaded when first asked: most processes never need them.

Together they weigh fifty megabytes and a third of a second of every start.
"""

from importlib import import_module
from types import ModuleType
from typing import Any

Sparse = Any  # a matrix of scipy.sparse: its stubs and those of the solvers disagree


class Late(ModuleType):
    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


csgraph = Late("scipy.sparse.csgraph")
linalg = Late("scipy.linalg")
lapack = Late("scipy.linalg.lapack")
optimize = Late("scipy.optimize")
sparse = Late("scipy.sparse")
special = Late("scipy.special")
