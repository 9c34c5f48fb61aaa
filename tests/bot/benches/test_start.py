"""A measured process has ended before its folder is taken away, and all it did counts."""

from __future__ import annotations

import signal
import subprocess
import sys

from bot.benches.machine import cpu_seconds
from bot.benches.start import end

STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
signal.pause()
"""
TURNING = """
import time
from threading import Thread
def turn():
    until = time.thread_time() + 0.1
    while time.thread_time() < until: pass
worker = Thread(target=turn)
worker.start()
worker.join()
print("done", flush=True)
input()
"""


def test_a_service_that_does_not_listen_is_ended_all_the_same() -> None:
    command = [sys.executable, "-c", STUBBORN]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline()
        end(process, patience=0.01)
        assert process.poll() == -signal.SIGKILL


def test_what_an_ended_thread_did_counts() -> None:
    command = [sys.executable, "-c", TURNING]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdout.readline()
        assert cpu_seconds(process.pid) >= 0.1
        end(process)
