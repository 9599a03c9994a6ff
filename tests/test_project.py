"""Which folder is worked on: the one that is named, never the working directory."""

from __future__ import annotations

import pytest

from pfpp_utils import project
from pfpp_utils.errors import InputError


def test_the_environment_names_the_project(small_project):
    assert project.root() == small_project
    assert project.data() == small_project / "data"
    assert project.notebooks() == small_project / "notebooks"
    assert project.build() == small_project / "_build"


def test_otherwise_it_is_the_checkout_wherever_one_stands(small_project, tmp_path_factory, monkeypatch):
    monkeypatch.delenv("PFPP_PROJECT")
    monkeypatch.setattr(project, "CHECKOUT", small_project)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert project.root() == small_project


def test_an_empty_name_is_no_name(small_project, monkeypatch):
    monkeypatch.setenv("PFPP_PROJECT", "")
    monkeypatch.setattr(project, "CHECKOUT", small_project)
    assert project.root() == small_project


def test_the_checkout_holds_the_package():
    assert (project.CHECKOUT / "pfpp_utils/project.py").is_file()


def test_a_folder_without_data_package_is_no_project(tmp_path, monkeypatch):
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    with pytest.raises(InputError, match="not a project folder") as caught:
        project.root()
    assert "where:   --project, or PFPP_PROJECT" in str(caught.value)
    assert caught.value.found == str(tmp_path)
    assert "data/datapackage.json" in caught.value.allowed
