"""The verbs of the ``pfpp`` command: one module a verb or family, each a few lines over the package."""
