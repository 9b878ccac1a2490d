#!/usr/bin/env python3
"""Follow a file across rotation, like `tail -F`, in thirty lines."""
import os
import sys
import time


def follow(path: str, poll: float = 0.5):
    handle, inode = open(path, encoding="utf-8", errors="replace"), os.stat(path).st_ino
    handle.seek(0, os.SEEK_END)
    while True:
        line = handle.readline()
        if line:
            yield line
            continue
        time.sleep(poll)
        try:
            current = os.stat(path)
        except FileNotFoundError:
            continue  # between rename and create
        if current.st_ino != inode or current.st_size < handle.tell():
            handle.close()
            handle, inode = open(path, encoding="utf-8", errors="replace"), current.st_ino


if __name__ == "__main__":
    for line in follow(sys.argv[1]):
        sys.stdout.write(line)
        sys.stdout.flush()
