#!/usr/bin/env python3
"""Start 邻里 with nothing but Python: make `.venv`, install the locked packages, run.

python3 start.py            a demo community in the browser
python3 start.py --lan      the same, open to the phones of the local network
python3 start.py test       the whole test suite
python3 start.py -- ARGS    any command of linli
python3 start.py collect DIR            downloads all packages into a folder, for machines like this one
python3 start.py --wheels DIR …         the same as above, but from that folder and without a network
"""

from __future__ import annotations

import compileall
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
ROOM_MB = 800  # what the packages need, with their downloads
PACKAGES = ("bot", "scheduler", "handlers", "knowledge")
QUIET = ("--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2")
BUILDERS = ("setuptools", "wheel")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FULL = "磁盘满了：请腾出 1 GB 空间，再运行一次。"
OFFLINE = "连不上软件源：请检查网络或代理，再运行一次；装过一次以后启动就不用网络了。"
NO_WHEELS = "--wheels 后面写装着软件包的文件夹，用 python3 start.py collect 文件夹 收集。"
MENDS = {
    "No space left": FULL,
    "DO NOT MATCH THE HASHES": "下载的软件包与校验值不符：请换一个可信的软件源，再运行一次。",
    "Permission denied": f"写不了 {VENV}：请换到自己有权限的文件夹，再运行一次。",
    "ensurepip": "这个 Python 缺 venv：请先运行 sudo apt install python3-venv，再运行一次。",
    "No module named venv": "这个 Python 缺 venv：请先运行 sudo apt install python3-venv，再运行一次。",
    "Retrying (Retry": OFFLINE,
    "No matching distribution": "软件源里没有需要的版本：请换一个完整的软件源，再运行一次。",
}
"""What a failed program prints → the sentence for the person."""


class Trouble(Exception):
    """Why it cannot go on: one Chinese sentence with the mend."""


def main(args: list[str]) -> int:
    """Prepare what is asked for and run it; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console without Chinese
    try:
        check_python()
        wheels = wheels_in(args)
        args = args[2:] if wheels else args
        testing, collecting = args[:1] == ["test"], args[:1] == ["collect"]
        if collecting:
            return collect(Path(args[1] if len(args) > 1 else "wheels"))
        prepare(ROOT / ("requirements-dev.lock" if testing else "requirements.lock"), wheels)
        compile_program()
    except (Trouble, OSError) as trouble:
        print(explain(str(trouble)) if isinstance(trouble, OSError) else trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止；再运行一次会从头准备。", file=sys.stderr)
        return 130
    if testing:
        return test(args[1:])
    given = args[1:] if args[:1] == ["--"] else args
    demo = ["run", "--demo", "--open"]
    return run("-m", "bot", *([*demo, *given] if given in ([], ["--lan"]) else given))


def check_python() -> None:
    """Refuse a Python that is too old."""
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        raise Trouble(f"需要 Python 3.11 或更新，这是 {found}：请装新版，再用它运行 start.py。")


def wheels_in(args: list[str]) -> Path | None:
    """Return the folder of packages that is named; refuse one that is not there, before anything is made."""
    if args[:1] != ["--wheels"]:
        return None
    if len(args) == 1:
        raise Trouble(NO_WHEELS)
    folder = Path(args[1]).resolve()
    if not folder.is_dir():
        raise Trouble(f"没有文件夹 {folder}：{NO_WHEELS}")
    return folder


def collect(folder: Path) -> int:
    """Download the locked packages, and what builds the one that comes as source."""
    make_venv()
    for wanted in (("--require-hashes", "-r", str(ROOT / "requirements.lock")), BUILDERS):
        succeed(PYTHON, "-m", "pip", "download", *QUIET, "--dest", str(folder), *wanted)
    print(f"都在 {folder} 里了。把它和邻里一起拷过去，运行 python3 start.py --wheels {folder}")
    return 0


def prepare(lock: Path, wheels: Path | None = None) -> None:
    """Make `.venv` hold the locked packages, from a folder if one is named; do nothing if it already does."""
    stamp = VENV / f"{lock.name}.done"
    wanted = f"{sys.version_info[:2]} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if shutil.disk_usage(ROOT).free < ROOM_MB * 2**20:
        raise Trouble(FULL)
    print("正在准备，第一次大约半分钟……", flush=True)
    make_venv()
    source = ("--no-index", "--find-links", str(wheels)) if wheels else ()
    succeed(PYTHON, "-m", "pip", "install", *QUIET, *source, "--require-hashes", "-r", str(lock))
    link()
    stamp.write_text(wanted)


def make_venv() -> None:
    """Make `.venv` with a pip of its own, unless there is one."""
    if not PYTHON.exists() or call(PYTHON, "-m", "pip", "--version").returncode:
        succeed(sys.executable, "-m", "venv", "--clear", str(VENV))


def link() -> None:
    """Give `.venv` the command `linli` for this checkout; nothing is built or downloaded."""
    site = succeed(PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(site, "linli.pth").write_text(os.path.relpath(ROOT, site) + "\n", "utf-8")
    command = PYTHON.with_name("linli.cmd" if WINDOWS else "linli")
    unix, windows = (
        '#!/bin/sh\nexec "$(dirname "$0")/python" -m bot "$@"\n',
        '@"%~dp0python" -m bot %*\n',
    )
    command.write_text(windows if WINDOWS else unix, "utf-8")
    command.chmod(0o755)


def compile_program() -> None:
    """Compile what changed, once for all processes, even where Python is told to keep no compiled files."""
    for package in PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=2)


def test(args: list[str]) -> int:
    """Run the test suite; say first what cannot be tested here."""
    if not any(map(shutil.which, CHROMIUMS)):
        print(
            "跳过浏览器测试：这台机器上没有 Chromium（Debian：apt install chromium）。", flush=True
        )
    os.chdir(ROOT)
    return run("-m", "pytest", "-n", "auto", *args)


def run(*args: str) -> int:
    """Become Python in `.venv`, with this checkout on its path."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    if not WINDOWS:
        os.execve(PYTHON, [str(PYTHON), *args], environment)  # noqa: S606  (one process to stop)
    return subprocess.run([PYTHON, *args], env=environment, check=False).returncode


def succeed(program: str | Path, *args: str) -> str:
    """Run a program quietly and return what it printed; a failure is one sentence."""
    done = call(program, *args)
    if done.returncode:
        raise Trouble(explain(done.stdout))
    return done.stdout


def call(program: str | Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a program quietly and return what became of it."""
    return subprocess.run(
        [program, *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def explain(output: str) -> str:
    """Return the sentence for what a failed program printed, else its last line."""
    for sign, mend in MENDS.items():
        if sign in output:
            return mend
    last = (output.strip().splitlines() or ["没有说明"])[-1]
    return f"准备没有成功（{last}）：请删掉 {VENV}，再运行一次。"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
