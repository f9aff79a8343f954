"""A mark on an open file that other programs can see, and that ends with this one, however it ends."""

from __future__ import annotations

import sys
from typing import IO, Final

FAR_BEYOND_THE_END: Final = 2**40
"""Windows locks bytes, and locked bytes cannot be read by others: so one that is never written is locked."""

if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def try_lock(file: IO[bytes]) -> bool:
        """Lock ``file`` for this program; False if another one holds it."""
        place = file.tell()
        file.seek(FAR_BEYOND_THE_END)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(place)
        return True

else:
    import fcntl

    def try_lock(file: IO[bytes]) -> bool:
        """Lock ``file`` for this program; False if another one holds it."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: better no mark than no recording
        return True
