"""Ways past `show`: code that would put a figure or a table on a page without what readers need around it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

#: Functions that show what they are given, at the end of a cell too, by their module.
SHOWING = {
    "show": {"answers", "block", "calculator", "figure", "sankey", "style", "table", "text"},
    "settle": {"claims", "in_short", "named", "out_of_reach"},
    "claims": {"claims"},  # of a project of one's own
}
#: Of these no other part may be used, and no other thing may bear their name.
OURS = {"show", "settle"}
#: Functions that put something on a page, whoever they belong to.
CALLS = {
    *("print", "display", "pprint", "HTML", "Markdown", "SVG", "Image", "IFrame", "Javascript", "Latex"),
    *(
        "clear_output",
        "display_html",
        "display_markdown",
        "display_png",
        "display_svg",
        "publish_display_data",
    ),
}
#: Methods that do so, or that write a picture or a page of their own.
METHODS = {
    *("show", "savefig", "to_html", "write_html", "write_image", "to_markdown", "_repr_html_", "iplot"),
    *("print_figure", "print_svg", "print_png", "imsave", "to_latex", "_ipython_display_"),
}
#: Where text goes that a page would print.
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
#: Modules that display by themselves.
MODULES = ("IPython.display", "IPython.core.display", "plotly.io", "plotly.offline")
#: What no cell needs: code that is not there to be read, and what turns into the above.
HIDDEN = {
    *("get_ipython", "eval", "exec", "compile", "__import__", "import_module", "globals", "breakpoint"),
    *("getattr", "vars", "locals"),
}
#: Parts of others that no cell needs; `attrs` is where pandas keeps which table data come from.
PARTS = {"get_ipython", "import_module", "__import__", "displayhook", "attrs", "emit", "show", "settle"}
#: Modules that no cell needs: they display, speak to the terminal or find any of the above by its name.
BARRED = (
    *("IPython", "plotly", "builtins", "importlib", "subprocess", "pprint", "logging", "warnings", "rich"),
    *("tabulate", "great_tables", "ipywidgets", "pfpp_utils.publish.outputs", "pfpp_utils.publish.byways"),
    *("sys", "inspect", "runpy", "ctypes", "gc"),
)
#: A package as a whole has all of its parts: cells name the part that they use.
WHOLE = re.compile(r"pfpp_utils(\.publish)?")


def every(code: str, *, cell: bool = False) -> list[str]:
    """List what in a piece of code would show something by another way.

    Parameters
    ----------
    code
        Python, of a module or of a notebook's cell.
    cell
        Whether it is a cell: what its last line gives is then shown by itself, and names stand for what
        they always do.

    Returns
    -------
    list of str
        One text a finding, with its line; empty if there is none.

    Examples
    --------
    >>> every("frame.head()", cell=True)
    ['line 1: the cell ends in `frame.head()`']
    >>> every("show.text('13')", cell=True), every("frame.head()")
    ([], [])
    """
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        return [f"line {error.lineno}: not Python alone: {(error.text or '').strip()}"]
    nodes = list(ast.walk(tree))
    found = [(getattr(node, "lineno", 0), text) for node in nodes for text in _of(node)]
    if cell:
        found += [(getattr(node, "lineno", 0), text) for node in nodes for text in _in_cell(node)]
        found += [(tree.body[-1].lineno, text) for text in _last(tree)]
    return [f"line {line}: {text}" for line, text in sorted(set(found))]


def _of(node: ast.AST) -> Iterator[str]:  # every node that is told of has a line
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        name = called.rpartition(".")[2]
        if called in CALLS or name == "display" or (isinstance(node.func, ast.Attribute) and name in METHODS):
            yield f"`{called}(`"
    else:
        yield from _imports(node, MODULES)


def _in_cell(node: ast.AST) -> Iterator[str]:
    """Find what has no place in a cell: other names for the same, and what hides what is done."""
    yield from _imports(node, BARRED)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in CALLS | HIDDEN:
        yield f"`{node.id}`"
    elif isinstance(node, ast.Attribute):
        owner = ast.unparse(node.value)
        private = owner.split(".")[0] in OURS and (
            node.attr.startswith("_") or node.attr not in _public(owner)
        )
        if node.attr in CALLS | STREAMS | PARTS or private:
            yield f"`{owner}.{node.attr}`"
    yield from (f"another thing named {name}" for name in _given(node) if name in OURS)
    yield from _handed(node)


def _handed(node: ast.AST) -> Iterator[str]:
    """Find the way out itself handed on, so that its other parts could be used by another name."""
    kept = ast.Attribute  # `show.table` is the one thing to do with it
    inner = () if isinstance(node, kept) else ast.iter_child_nodes(node)
    yield from (f"`{one.id}` by itself" for one in inner if isinstance(one, ast.Name) and _read(one))
    if isinstance(node, ast.Import):
        yield from (f"imports {one.name} whole" for one in node.names if one.name.startswith("pfpp_utils"))
    elif isinstance(node, ast.ImportFrom) and node.module:
        owner = node.module.rpartition(".")[2]
        for name in (one.name for one in node.names):
            if WHOLE.fullmatch(f"{node.module}.{name}") or (
                owner in OURS and WHOLE.match(node.module) and name not in _public(owner)
            ):
                yield f"imports {node.module}.{name}"


def _read(name: ast.Name) -> bool:
    return name.id in OURS and isinstance(name.ctx, ast.Load)


def _public(owner: str) -> set[str]:
    """Names of the way out that a cell may use: those that show, and constants."""
    return SHOWING.get(owner, set()) | {"CATEGORICAL", "DUO", "SEQUENTIAL", "FOCUS", "STAMP"}


def _given(node: ast.AST) -> Iterator[str]:
    """Names that a node gives to something else than what they stand for."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.alias) and node.asname and node.asname != node.name.rpartition(".")[2]:
        yield node.asname
    elif isinstance(node, ast.ImportFrom) and node.module != "pfpp_utils.publish":
        yield from (alias.asname or alias.name for alias in node.names)


def _imports(node: ast.AST, modules: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        stem = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        for name in (f"{stem}{alias.name}" for alias in node.names):
            if f"{name}.".startswith(tuple(f"{module}." for module in modules)):
                yield f"imports {name}"


def _last(tree: ast.Module) -> Iterator[str]:
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr) or isinstance(last.value, ast.Constant):
        return
    called = ast.unparse(last.value.func) if isinstance(last.value, ast.Call) else ""
    module, _, name = called.partition(".")
    if name not in SHOWING.get(module, ()):
        yield f"the cell ends in `{ast.unparse(last.value)[:60]}`"


def typed(markdown: str) -> list[str]:
    """List what in a Markdown cell would be a figure or table without what readers need around it.

    Parameters
    ----------
    markdown
        The cell. A typed table of words is prose; one of numbers is not.

    Returns
    -------
    list of str
        One text a finding.
    """
    from pfpp_utils.publish import prose  # noqa: PLC0415 most callers have code only

    return prose.typed(markdown)
