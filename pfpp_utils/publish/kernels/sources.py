"""The package's modules compiled once for all pages, and again only if their text is another.

Python's own compiled files go by the second at which a source was saved, so that of two quick edits the
second can be missed; and where ``PYTHONDONTWRITEBYTECODE`` is set, every process compiles everything again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

_compiled: dict[str, tuple[bytes, CodeType]] = {}


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        text = self.get_data(self.path)
        if _compiled.get(fullname, (None,))[0] != text:
            _compiled[fullname] = text, self.source_to_code(text, self.path)
        return _compiled[fullname][1]


class _Finder:
    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] != "pfpp_utils":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def install() -> None:
    """Load the package's modules in this way from now on, in this process and those forked from it."""
    sys.meta_path.insert(0, _Finder())
