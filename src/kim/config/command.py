"""The `kim` command: the same from the checkout (`./kim`) and from the installed wheel (`kim`)."""

import argparse
import os
import sys
from pathlib import Path

from kim.config.launch import roles
from kim.config.launch.manage import manage
from kim.config.launch.run import run
from kim.config.launch.tools import check, test
from kim.config.launch.trouble import Trouble, explain, unexpected

HELP = """\
kim run [--empty] [--host ALAMAT] [--port PORTA] [--workers N]   menyalakan KIM.id di satu mesin
kim manage PERINTAH …                             perintah pengelolaan (kim manage help)
kim help                                          bantuan ini

Beberapa mesin (DATABASE_URL wajib diisi; lihat docs/scale.md):
kim prepare [--static]                            menyiapkan tabel, wilayah, dan berkas tampilan
kim web [--host ALAMAT] [--port PORTA] [--workers N]             server web saja
kim worker                                        pekerja latar saja

Untuk pengembang:
kim test [pilihan pytest]                         menjalankan semua pengujian
kim check                                         memeriksa gaya, tipe, lapisan, dan migrasi
"""


def main() -> int:
    """Run one command; a failure is one sentence on stderr and an exit code, never a traceback."""
    arguments = sys.argv[1:] or ["help"]
    try:
        return dispatch(arguments[0], arguments[1:])
    except Trouble as trouble:
        return fail(str(trouble))
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return fail(explain(error, Path(error.filename or os.environ.get("KIM_HOME", "var"))))
    except Exception as error:
        return fail(unexpected(error, Path(os.environ.get("KIM_HOME", "."))))


def dispatch(command: str, rest: list[str]) -> int:
    if command == "run":
        return run(_run_options().parse_args(rest))
    if command == "prepare":
        return roles.prepare(_prepare_options().parse_args(rest))
    if command == "web":
        return roles.web(_web_options().parse_args(rest))
    if command == "worker":
        _plain("worker", "Mengerjakan tugas latar sampai diminta berhenti.").parse_args(rest)
        return roles.worker()
    if command == "test":
        return test(rest)
    if command == "check":
        return check()
    if command == "manage":
        return manage(rest)
    if command in ("help", "--help", "-h"):
        print(HELP, end="")
        return 0
    return fail(f"Perintah {command} tidak dikenal.\n\n{HELP.rstrip()}", code=2)


def _run_options() -> argparse.ArgumentParser:
    parser = _served(_plain("run", "Menyalakan KIM.id sampai Ctrl-C ditekan."))
    data = parser.add_mutually_exclusive_group()
    data.add_argument("--empty", action="store_true", help="mulai tanpa data contoh")
    data.add_argument("--demo", action="store_true", help="muat data contoh (bawaan pada mulai pertama)")
    return parser


def _web_options() -> argparse.ArgumentParser:
    return _served(_plain("web", "Menjalankan server web saja, dengan basis data di DATABASE_URL."))


def _prepare_options() -> argparse.ArgumentParser:
    parser = _plain("prepare", "Menyiapkan tabel, pohon wilayah, dan berkas tampilan; aman diulang.")
    parser.add_argument("--static", action="store_true", help="hanya berkas tampilan, tanpa basis data")
    return parser


def _plain(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"kim {name}", description=description)


def _served(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--host", default="127.0.0.1", help="alamat tempat mendengarkan; 0.0.0.0 untuk semua")
    parser.add_argument("--port", type=int, default=8000, help="porta (bawaan 8000)")
    parser.add_argument("--workers", type=int, help="banyaknya proses web (bawaan: KIM_WEB_WORKERS, atau 2)")
    return parser


def fail(sentence: str, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
