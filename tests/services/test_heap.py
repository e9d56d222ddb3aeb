"""The heap of a server has no more arenas for more threads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import ctypes, sys, threading
from steelyard.services import heap

SIZE = 1_000
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
libc.fopen.restype, libc.fclose.argtypes = ctypes.c_void_p, [ctypes.c_void_p]

def allocate(together):
    together.wait()
    kept = [libc.malloc(SIZE) for _ in range(1_000)]
    together.wait()
    for each in kept:
        libc.free(each)

def arenas():
    if not hasattr(libc, "malloc_info"):
        return 1
    file = libc.fopen(sys.argv[1].encode(), b"w")
    libc.malloc_info(0, ctypes.c_void_p(file))
    libc.fclose(file)
    return open(sys.argv[1]).read().count("<heap nr=")

heap.share_one_arena()
before = arenas()
together = threading.Barrier(4)
threads = [threading.Thread(target=allocate, args=(together,)) for _ in range(4)]
for each in threads:
    each.start()
for each in threads:
    each.join()
heap.give_back()
print(arenas() - before)
"""


def test_threads_bring_no_arenas(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "arenas.xml")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "0\n"
