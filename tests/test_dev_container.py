"""The development container: what its definition promises is what the repository has."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from jupyter_server.serverapp import DEFAULT_JUPYTER_SERVER_PORT
from packaging.specifiers import SpecifierSet

from pfpp_utils.commands.serve import serve

ROOT = Path(__file__).resolve().parents[1]
CONTAINER = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text())
#: Commands in the order in which they run inside the container; an editor waits for the first two alone.
COMMANDS = ("onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand")


def test_only_properties_that_the_published_reference_names_are_used() -> None:
    known = {
        "name",
        "image",
        "remoteUser",
        "forwardPorts",
        "portsAttributes",
        "containerEnv",
        "customizations",
    }
    assert CONTAINER.keys() <= known | set(COMMANDS)


def test_the_environment_stands_before_an_editor_looks_for_it() -> None:
    assert CONTAINER["updateContentCommand"] == "make setup"
    python = CONTAINER["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert python == "${containerWorkspaceFolder}/.venv/bin/python"


def test_ports_are_those_of_the_verbs_that_their_labels_name() -> None:
    default = {"serve": next(option.default for option in serve.params if option.name == "port")}
    default["lab"] = DEFAULT_JUPYTER_SERVER_PORT
    named = {
        re.search(r"make (\w+)", one["label"])[1]: int(port)
        for port, one in CONTAINER["portsAttributes"].items()
    }
    assert named == default
    assert set(CONTAINER["forwardPorts"]) == set(default.values())


def test_jupyterlab_which_refuses_the_administrator_can_be_started() -> None:
    assert CONTAINER["remoteUser"] != "root"
    assert all("sudo apt-get" in part for part in CONTAINER["onCreateCommand"].split(" && "))


def test_its_python_is_one_that_the_package_allows() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert re.search(r"python:([\d.]+)", CONTAINER["image"])[1] in SpecifierSet(wanted)
