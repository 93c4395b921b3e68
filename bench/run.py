#!/usr/bin/env python3
"""Measures KIM.id and what it is held against, side by side on this machine, and prints one table with ratios.

    python bench/run.py                                 every size there is, about 20 minutes
    python bench/run.py --size p1 --quick               a first look, two minutes
    python bench/run.py --only home,article --beside targets.json

Everything listens on 127.0.0.1 and is stopped by its process id at the end. bench/README.md explains the method.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv" / "bin" / "python"

if __name__ == "__main__":
    if not VENV.exists():
        sys.exit("The benchmarks use the packages of the checkout: run ./kim help once, then try again.")
    if Path(sys.prefix).resolve() != VENV.parents[1].resolve():
        os.execv(VENV, [str(VENV), *sys.argv])
    sys.path.insert(1, str(ROOT / "src"))
    from suite.command import main

    sys.exit(main())
