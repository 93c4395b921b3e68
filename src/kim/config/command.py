"""The `kim` command: the same from the checkout (`./kim`) and from the installed wheel (`kim`)."""

import argparse
import os
import sys
from pathlib import Path

from kim.config.launch.manage import manage
from kim.config.launch.run import run
from kim.config.launch.tools import check, test
from kim.config.launch.trouble import Trouble, explain, unexpected

HELP = """\
kim run [--empty] [--host ALAMAT] [--port PORTA]   menyalakan KIM.id
kim test [pilihan pytest]                         menjalankan semua pengujian
kim check                                         memeriksa gaya, tipe, lapisan, dan migrasi
kim manage PERINTAH …                             perintah pengelolaan (kim manage help)
kim help                                          bantuan ini
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
    parser = argparse.ArgumentParser(prog="kim run", description="Menyalakan KIM.id sampai Ctrl-C ditekan.")
    parser.add_argument("--host", default="127.0.0.1", help="alamat tempat mendengarkan; 0.0.0.0 untuk semua")
    parser.add_argument("--port", type=int, default=8000, help="porta (bawaan 8000)")
    data = parser.add_mutually_exclusive_group()
    data.add_argument("--empty", action="store_true", help="mulai tanpa data contoh")
    data.add_argument("--demo", action="store_true", help="muat data contoh (bawaan pada mulai pertama)")
    return parser


def fail(sentence: str, code: int = 1) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
