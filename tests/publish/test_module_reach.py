"""Which modules a notebook reaches: directly, through others, and nothing else."""

from __future__ import annotations

import pytest

from pfpp_utils.publish import reach


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Make a small package of the name the one that is read."""
    folder = tmp_path / "pfpp_utils"
    sources = {
        "__init__.py": "",
        "direct.py": "from pfpp_utils.deep import indirect\n",
        "deep/__init__.py": "",
        "deep/indirect.py": "def f():\n    import pfpp_utils.late\n",
        "deep/notes.json": "{}",
        "late.py": "X = 1\n",
        "unrelated.py": "X = 1\n",
    }
    for name, source in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    monkeypatch.setattr(reach, "PACKAGE", folder)
    yield folder
    reach._module.cache_clear()


def reached(code="from pfpp_utils import direct"):
    reach._module.cache_clear()
    return reach.modules([code])


def test_a_module_is_reached_directly_through_others_and_inside_functions(package):
    assert list(reached()) == [
        "pfpp_utils",
        "pfpp_utils.deep",
        "pfpp_utils.deep.indirect",
        "pfpp_utils.direct",
        "pfpp_utils.late",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "import pfpp_utils.late",
        "import pfpp_utils.late as x",
        "from pfpp_utils.late import X",
        "%time 1\nimport pfpp_utils.late",
    ],
)
def test_every_way_to_import(package, code):
    assert list(reached(code)) == ["pfpp_utils", "pfpp_utils.late"]


@pytest.mark.parametrize("code", ["x = 1", "import os", "from . import y", "this is no Python", ""])
def test_code_that_reaches_nothing(package, code):
    assert reached(code) == {}


@pytest.mark.parametrize(
    ("name", "moved"),
    [
        ("direct.py", ["pfpp_utils.direct"]),
        ("late.py", ["pfpp_utils.late"]),
        ("deep/notes.json", ["pfpp_utils.deep"]),
        ("unrelated.py", []),
    ],
)
def test_a_change_moves_the_fingerprint_of_that_module_only(package, name, moved):
    before = reached()
    (package / name).write_text("# another\n" + (package / name).read_text())
    after = reached()
    assert [module for module in before if before[module] != after.get(module)] == moved
