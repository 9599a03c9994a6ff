"""The start of a project for another programme: ``pfpp new``."""
