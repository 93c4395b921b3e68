"""What the embedded PostgreSQL may use of this machine. Modest: the site and the person's other programs live there too."""

import shutil
from contextlib import suppress
from pathlib import Path

import psutil

MB = 1_048_576


def of_this_machine(folder: Path) -> list[str]:
    """The server's arguments, by the memory and by the free disk under `folder`."""
    values = measures(_memory() // MB, shutil.disk_usage(folder).free // MB)
    return [part for name, value in values.items() for part in ("-c", f"{name}={value}")]


def measures(memory: int, room: int) -> dict[str, str]:
    """PostgreSQL settings for so many MB of memory and of free disk; docs/scale.md gives the reasons."""
    return {
        "shared_buffers": f"{_within(memory // 16, 128, 4096)}MB",
        "effective_cache_size": f"{max(memory // 2, 512)}MB",
        "maintenance_work_mem": f"{_within(memory // 32, 64, 512)}MB",
        "work_mem": f"{_within(memory // 512, 4, 16)}MB",
        "max_wal_size": f"{_within(min(memory // 4, room // 10), 256, 4096)}MB",
        "checkpoint_timeout": "10min",
        "random_page_cost": "1.1",
        "jit": "off",
    }


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def _memory() -> int:
    """Bytes this process may use: of the machine, or of the container where that is less."""
    limits = [psutil.virtual_memory().total]
    with suppress(OSError, ValueError):
        limits.append(int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return min(limits)
