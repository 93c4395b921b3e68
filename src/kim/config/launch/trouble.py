"""What goes wrong at a start, said in one Indonesian sentence a person can act on."""

import errno
import traceback
from pathlib import Path


class Trouble(Exception):
    """A start cannot go on; the message is the sentence for the person at the screen."""


def full(folder: Path) -> str:
    return f"Disk penuh: tidak cukup ruang di {folder}. Kosongkan sedikit, lalu coba lagi."


def closed(folder: Path) -> str:
    return f"Folder {folder} tidak dapat dibaca atau ditulis oleh akun ini; periksa pemilik dan izinnya."


def explain(error: OSError, folder: Path) -> str:
    """The sentence for a failure of the file system under `folder`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return closed(folder)
    return f"Folder {folder} tidak dapat dipakai: {error.strerror or error}."


def unexpected(error: Exception, folder: Path) -> str:
    """The sentence for what nobody foresaw; the details go to a file, not to the person."""
    log = folder / "error.log"
    try:
        log.write_text("".join(traceback.format_exception(error)))
    except OSError:
        return f"Terhenti karena kesalahan yang tidak terduga: {type(error).__name__}: {error}"
    return f"Terhenti karena kesalahan yang tidak terduga ({type(error).__name__}). Rincian: {log}"
