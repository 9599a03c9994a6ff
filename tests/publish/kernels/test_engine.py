"""The forked engine gives what a plain kernel gives, and its processes take nothing over."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import matplotlib
import nbformat
import papermill
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from pfpp_utils import project


@pytest.fixture(autouse=True)
def _as_new():
    """Processes are forked from this one: what other tests drew with, and were warned of, is put back."""
    matplotlib.rc_file_defaults()
    with warnings.catch_warnings():  # also forgets which warnings were given
        yield


#: Cells in which a kernel does more than give back a value.
CELLS = [
    "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')",
    "from IPython.display import HTML, clear_output, display\nh = display(HTML('x'), display_id='q')\nh.update(HTML('y'))",
    "print(1)\nclear_output(wait=True)\nprint(2)",
    "1 + 1",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "from pfpp_utils.publish import show\nplt.plot([1, 2]);",
    "import os\nos.environ.get('MPLBACKEND'), os.getcwd()",
    "import asyncio\nawait asyncio.sleep(0)\n3",
    "import pandas as pd\npd.DataFrame({f'column {n}': [n / 3] for n in range(30)})",
    "_, In[4], len(In), __name__, '__file__' in dir(), os.path.basename(sys.argv[0])",
    "!echo from the shell",
    "import logging\nlogging.warning('logged')",
    "get_ipython().__class__.__name__",
]
FAILING = {
    "an error": "def f():\n    1 / 0\nf()",
    "a question": "input('?')",
    "no Python": "this is none",
    "an end": "import sys\nsys.exit(3)",
    "an error while shown": "class Odd:\n    def __repr__(self):\n        raise ValueError('odd')\nOdd()",
}


def execute(cells, folder, **way):
    """Run cells with papermill; returns those of the executed notebook, and the error if one failed."""
    book = new_notebook(cells=[new_code_cell(source) for source in cells])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    file, error = folder / "executed.ipynb", None
    try:
        papermill.execute_notebook(
            book, str(file), kernel_name="python3", cwd=str(folder), progress_bar=False, **way
        )
    except PapermillExecutionError as failed:
        error = failed
    return [cell for cell in nbformat.read(file, 4).cells if cell.cell_type == "code"], error


def outputs(cells):
    return [(cell.source, json.dumps([cell.outputs, cell.execution_count], sort_keys=True)) for cell in cells]


@pytest.fixture(scope="module")
def forked(tmp_path_factory):
    def run(*cells):
        made, error = execute(cells, tmp_path_factory.mktemp("forked"), engine_name="forked")
        assert error is None
        return [
            "".join(output.get("text", output.get("data", {}).get("text/plain", "")))
            for cell in made
            for output in cell.outputs
        ]

    return run


def test_outputs_are_those_of_a_plain_kernel(tmp_path):
    plain, _ = execute(CELLS, tmp_path)
    warm, _ = execute(CELLS, tmp_path, engine_name="forked")
    for one, other in zip(outputs(plain), outputs(warm), strict=True):
        assert one == other


@pytest.mark.parametrize("source", FAILING.values(), ids=FAILING)
def test_a_failing_cell_fails_as_in_a_plain_kernel(tmp_path, source):
    plain, one = execute(["print('before')", source, "print('after')"], tmp_path)
    warm, other = execute(["print('before')", source, "print('after')"], tmp_path, engine_name="forked")
    assert (one.ename, one.evalue, one.cell_index) == (other.ename, other.evalue, other.cell_index)
    for before, after in zip(plain, warm, strict=True):
        kinds = [[output.output_type for output in cell.outputs] for cell in (before, after)]
        assert kinds[0] == kinds[1]
    assert warm[-1].execution_count is None


def test_what_another_program_prints_is_part_of_the_output(forked):
    assert forked("import subprocess\nsubprocess.run(['echo', 'from a program']).returncode") == [
        "from a program\n",
        "0",
    ]


def test_random_numbers_are_fresh_each_time(forked):
    code = "import random, numpy\nrandom.random(), numpy.random.random(), numpy.random.default_rng().random()"
    seen = [forked(code)[0] for _ in range(2)]
    assert len({number for numbers in seen for number in numbers.strip("()").split(", ")}) == 6


def test_nothing_of_one_run_is_there_in_the_next(forked):
    spoil = """
import os, sys, tempfile
import matplotlib as mpl
import pandas as pd
os.environ["SPOILT"] = "yes"
os.chdir("/")
mpl.rcParams["figure.figsize"] = (1, 1)
pd.set_option("display.max_rows", 3)
sys.modules["spoilt"] = sys
open(os.path.join(tempfile.gettempdir(), "left"), "w").close()
tempfile.gettempdir()
"""
    look = """
import os, sys, tempfile
import matplotlib as mpl
import pandas as pd
(os.environ.get("SPOILT"), os.getcwd() == "/", list(mpl.rcParams["figure.figsize"]), pd.get_option("display.max_rows"),
 "spoilt" in sys.modules, os.listdir(tempfile.gettempdir()))
"""
    folder = Path(forked(spoil)[0].strip("'"))
    assert not folder.exists()
    assert forked(look)[0].replace("\n", "") == "(None, False, [6.4, 4.8], 60, False, [])"


def test_the_environment_is_that_of_the_run(forked, monkeypatch):
    monkeypatch.setenv("PFPP_TEST", "set later than the fork server")
    assert forked("import os; os.environ['PFPP_TEST']")[0] == "'set later than the fork server'"


def test_modules_of_the_package_are_read_as_they_are_now(tmp_path):
    """In a copy of the package, as the tests change none of this one's modules."""
    script = """
import sys, pathlib
sys.path.insert(0, sys.argv[1])
import nbformat, papermill, pfpp_utils
from nbformat.v4 import new_code_cell, new_notebook
from pfpp_utils.publish.kernels import forks
assert pfpp_utils.__file__.startswith(sys.argv[1])
def run():
    book = new_notebook(cells=[new_code_cell("from pfpp_utils.methods import rounding_of_a_test as r; print(r.X)")])
    made = papermill.execute_notebook(book, None, engine_name="forked", kernel_name="python3", language="python", progress_bar=False)
    return made.cells[0].outputs[0].text.strip()
module = pathlib.Path(sys.argv[1], "pfpp_utils/methods/rounding_of_a_test.py")
module.write_text("X = 1")
forks.server()
seen = [run()]
module.write_text("X = 'another'")
print(seen + [run()])
"""
    import shutil

    shutil.copytree(
        project.CHECKOUT / "pfpp_utils", tmp_path / "pfpp_utils", ignore=shutil.ignore_patterns("*.pyc")
    )
    shutil.copytree(project.CHECKOUT / "data", tmp_path / "data")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "['1', 'another']", done.stderr


POOLS = {
    "arrow": "import pyarrow as pa, pyarrow.compute as pc\npc.sum(pa.chunked_array([pa.array(range(10**6))] * 8)).as_py()",
    "duckdb": "import duckdb\nduckdb.sql('select sum(range) from range(5000000)').fetchall()",
    "numpy": "import numpy\nx = numpy.ones((800, 800)); float((x @ x).sum())",
}


@pytest.mark.parametrize("library", POOLS)
def test_thread_pools_started_before_the_fork_do_not_hang(library):
    """As when a library starts its threads while it is loaded."""
    script = """
import sys
from pfpp_utils.publish.kernels import forks, ground
exec(sys.argv[1])
assert forks.context().get_start_method() == "fork"
process = forks.start(exec, sys.argv[1])
process.join(60)
print("ended with", process.exitcode)
forks.end(process)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, POOLS[library]],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert done.stdout.strip() == "ended with 0", done.stderr


@pytest.mark.parametrize("way", [{}, {"engine_name": "forked"}], ids=["plain", "forked"])
def test_a_cell_over_its_time_is_ended(tmp_path, way):
    with pytest.raises(Exception, match="timed out") as caught:
        execute(["import time\ntime.sleep(200)"], tmp_path, execution_timeout=2, **way)
    assert type(caught.value).__name__ == "CellTimeoutError"


@pytest.mark.parametrize("way", [{}, {"engine_name": "forked"}], ids=["plain", "forked"])
def test_a_killed_kernel_is_a_dead_kernel(tmp_path, way):
    with pytest.raises(Exception, match="Kernel died") as caught:
        execute(["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"], tmp_path, **way)
    assert type(caught.value).__name__ == "DeadKernelError"


def test_no_process_outlives_a_parent_that_is_killed(tmp_path):
    script = f"""
import papermill
from nbformat.v4 import new_code_cell, new_notebook
from pfpp_utils.publish.kernels import forks
book = new_notebook(cells=[new_code_cell("import os, time; open('ready', 'w').write(str(os.getpid())); time.sleep(300)")])
papermill.execute_notebook(book, None, engine_name="forked", kernel_name="python3", language="python", cwd={str(tmp_path)!r}, progress_bar=False)
"""
    with subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL) as parent:
        ready, until = tmp_path / "ready", time.monotonic() + 90
        while not (ready.is_file() and ready.read_text()) and time.monotonic() < until:
            time.sleep(0.1)
        family = psutil.Process(parent.pid).children(recursive=True)
        assert int(ready.read_text()) in {process.pid for process in family}
        os.kill(parent.pid, signal.SIGKILL)
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


def test_files_of_the_working_directory_are_no_modules(tmp_path):
    script, here = tmp_path / "script.py", tmp_path / "here"
    here.mkdir()
    for name in ("fractions", "pandas", "jupyter_book"):
        (here / f"{name}.py").write_text("raise RuntimeError('not to be loaded')")
    script.write_text(f"""
import os, papermill
from nbformat.v4 import new_code_cell, new_notebook
from pfpp_utils.publish.builder import Builder
environment = dict(os.environ)
book = new_notebook(cells=[new_code_cell("import pandas; pandas.DataFrame()")])
papermill.execute_notebook(book, None, engine_name="forked", kernel_name="python3", language="python", cwd={str(tmp_path)!r}, progress_bar=False)
with Builder() as builder:
    done, printed = builder.build("--help", settings="")
assert done, printed
assert environment == dict(os.environ)
""")
    done = subprocess.run([sys.executable, script], cwd=here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
