"""Many pages cost more time, and nothing else: each notebook is read once, and memory stays as it was.

The long form, a book of 309 authorities, is `benchmarks/authorities.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import nbformat
import pytest
from conftest import PLAN, make_notebook

from pfpp_utils.publish import notebook, plan

FEW, MANY = 8, 40
#: Of what each page shows, in bytes: beside the pages of many, a process that holds them all stands out.
SHOWN = 2 * 2**20
RUN = """
import json, resource
from pfpp_utils.publish import execute, plan
outcomes = execute.run(plan.notebooks(plan.load()), jobs=2)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
pages = max(outcome.memory for outcome in outcomes)
print(json.dumps([[outcome.error for outcome in outcomes if outcome.error], len(outcomes), peak, pages]))
"""


def write(project, pages):
    runs = "".join(
        f"          - page: place-{n}\n            parameters: {{place: {'north' if n % 2 else 'south'}}}\n"
        for n in range(pages)
    )
    head, _, rest = PLAN.partition("          - page: place-north")
    (project / "notebooks/plan.yml").write_text(f"{head}{runs}  - part:{rest.partition('  - part:')[2]}")


@pytest.mark.parametrize("pages", [FEW, 300])
def test_a_notebook_is_read_once_however_many_pages_are_of_it(small_project, monkeypatch, pages):
    write(small_project, pages)
    (small_project / "notebooks/place.ipynb").touch()
    plan._parameters.cache_clear()
    read = []
    monkeypatch.setattr(notebook, "names", lambda names=notebook.names: read.append("names") or names())
    monkeypatch.setattr(
        notebook,
        "parameter_names",
        lambda name, names=notebook.parameter_names: read.append(name) or names(name),
    )
    assert len(plan.notebooks(plan.load())) == pages
    assert read == ["names", "place"]


def test_memory_is_the_same_however_many_pages_are_run(small_project):
    shown = f"from pfpp_utils.publish import show\nshow.text('x' * {SHOWN})"
    nbformat.write(make_notebook(shown), small_project / "notebooks/place.ipynb")
    found = []
    for pages in (FEW, MANY):
        write(small_project, pages)
        environment = {**os.environ, "PFPP_PROJECT": str(small_project)}
        command = [sys.executable, "-c", RUN]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        errors, run, *memory = json.loads(ran.stdout.splitlines()[-1])
        assert (errors, run) == ([], pages)
        found.append(memory)
    (few, few_pages), (many, many_pages) = found
    assert many - few < (MANY - FEW) * SHOWN / 3
    assert many_pages < 1.1 * few_pages
