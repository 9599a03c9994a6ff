"""Which modules of the package a notebook reaches, found by reading its imports and theirs."""

from __future__ import annotations

import ast
import hashlib
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pfpp_utils
from pfpp_utils.publish import stamp

#: Where it is kept what sources import; the parser belongs to it.
_KEPT = f"imports-{sys.version_info[0]}.{sys.version_info[1]}"
PACKAGE = Path(pfpp_utils.__file__).parent


def modules(sources: Iterable[str]) -> dict[str, str]:
    """Fingerprints of all modules of the package that some code reaches, directly or through others.

    An import inside a function counts, whether or not it is ever reached: rather once too often than once too
    few. The files that lie beside a module without being one, such as a schema, count as part of its package.

    Parameters
    ----------
    sources
        Code, such as the cells of a notebook; IPython's own syntax is passed over.

    Returns
    -------
    dict
        SHA-256 by name of module, in order of name.
    """
    known = len(_known())
    waiting = {name for source in sources for name in _imports(source)}
    found: dict[str, str] = {}
    met: set[str] = set()
    while waiting:
        met.add(name := waiting.pop())
        digest, further = _module(name)
        if digest:
            found[name] = digest
            waiting |= further - met
    if len(_known()) > known:
        stamp.put(_KEPT, _known())
    return dict(sorted(found.items()))


@cache
def _module(name: str) -> tuple[str, frozenset[str]]:
    """Fingerprint of a module and the names it leads to; of a name that is no module, nothing."""
    path = _file(name)
    if path is None:
        return "", frozenset()
    content = path.read_bytes()
    parts = [content]
    for other in _beside(path.parent) if path.name == "__init__.py" else ():
        parts += [other.name.encode(), other.read_bytes()]
    digest, above = hashlib.sha256(b"\0".join(parts)).hexdigest(), name.rpartition(".")[0]
    return digest, _imports(content.decode()) | ({above} - {""})


def _beside(folder: Path) -> Iterator[Path]:
    """Files of a package that are no modules, in its own folder and in those that are no packages."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from _beside(path)
        elif path.is_file() and path.suffix != ".py":
            yield path


@cache
def _known() -> dict[str, list[str]]:
    """Give what sources import, by their fingerprints: to parse them all takes longer than all else here."""
    kept = stamp.get(_KEPT)
    return kept if isinstance(kept, dict) else {}


@cache
def _imports(source: str) -> frozenset[str]:
    key = hashlib.sha256(source.encode()).hexdigest()
    names = _known().get(key)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        names = _known()[key] = sorted(_parsed(source))
    return frozenset(names)


def _parsed(source: str) -> frozenset[str]:
    """Names that the source imports from the package: of modules, or of what is in them."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # magic commands; the rules for notebooks allow none
        plain = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(("%", "!")))
        try:
            tree = ast.parse(plain)
        except SyntaxError:
            return frozenset()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(name for name in names if name.partition(".")[0] == "pfpp_utils")


def _file(name: str) -> Path | None:
    path = PACKAGE.parent.joinpath(*name.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return file
    return None
