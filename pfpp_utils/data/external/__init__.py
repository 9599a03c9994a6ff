"""Official files that users download or bring: found by name, checked, and fetched from their publishers."""

from pfpp_utils.data.external.files import folder
from pfpp_utils.data.external.finding import find, find_all, held_years, need
from pfpp_utils.data.external.record import Use, used

__all__ = ["Use", "find", "find_all", "folder", "held_years", "need", "used"]
