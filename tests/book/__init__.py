"""Tests in a real browser; a package only so that its conftest is not taken for that of the tests."""
