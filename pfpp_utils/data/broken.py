"""What reading an archive raises if it is damaged: the standard library has no one word for it."""

from __future__ import annotations

import lzma
import struct
import tarfile
import zipfile
import zlib

#: Each was seen on a workbook or archive of which a few bytes were changed.
BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError, EOFError, OSError),
    *(zlib.error, lzma.LZMAError, struct.error, ValueError, IndexError, OverflowError),
)
