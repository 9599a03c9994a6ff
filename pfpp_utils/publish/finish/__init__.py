"""What is done to every page as it is written: see :mod:`pfpp_utils.publish.finish.extension`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

#: Templates that take the place of the theme's own.
TEMPLATES: Final = Path(__file__).with_name("templates")
