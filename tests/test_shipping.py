"""The files that bring the program to a server: systemd unit, image."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml  # type: ignore[import-untyped]
from click.testing import CliRunner

from bot.__main__ import main
from bot.roles.role import Role

ROOT = Path(__file__).parent.parent
UNIT = (ROOT / "docs/linli.service").read_text("utf-8")
IMAGE = (ROOT / "Dockerfile").read_text("utf-8")
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
OURS = {name: one for name, one in SERVICES.items() if name != "db"}


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    assert not set(re.findall(r"^ExecStart=(\S+)", UNIT, re.MULTILINE)) - {
        "/opt/linli/.venv/bin/python"
    }
    if not shutil.which("systemd-analyze"):
        return
    here = tmp_path / "linli.service"
    here.write_text(UNIT.replace("/opt/linli/.venv/bin/python", sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", here],  # noqa: S607 -- wherever it is.
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "linli" in done.stderr) == (0, False), done.stderr


def test_the_image_holds_the_program_runs_it_as_nobody_special_and_is_asked_whether_it_lives():
    copied = re.findall(r"^COPY (?!--from)(\S+)", IMAGE, re.MULTILINE)
    assert {"bot", "handlers", "knowledge", "scheduler", "requirements.lock"} == set(copied)
    assert all((ROOT / name).exists() for name in copied)
    let_in = set((ROOT / ".dockerignore").read_text("utf-8").replace("!", "").split())
    assert set(copied) <= let_in
    assert re.search(r"^USER linli$", IMAGE, re.MULTILINE)
    assert "/healthz" in IMAGE


def test_what_the_containers_are_started_with_is_understood() -> None:
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", IMAGE, re.MULTILINE)
    (usual,) = re.findall(r"^CMD (.+)$", IMAGE, re.MULTILINE)
    assert json.loads(entry)[:3] == ["python", "-m", "bot"]
    for command in (json.loads(usual), *(one.get("command", []) for one in OURS.values())):
        done = CliRunner().invoke(main, [*json.loads(entry)[3:], *command, "--help"])
        assert done.exit_code == 0, done.output


def test_compose_has_every_role_from_one_image_that_may_write_to_its_volume_only() -> None:
    roles = {Role(one["command"][2]) for one in OURS.values() if "command" in one}
    assert roles == {*Role} - {Role.ALL}
    for one in OURS.values():
        assert (one["image"], one["read_only"], one["cap_drop"]) == ("linli", True, ["ALL"])
        assert one["volumes"] == ["data:/data"]
        assert one["depends_on"] == {"db": {"condition": "service_healthy"}}


def test_a_database_that_is_being_set_up_behind_its_socket_does_not_count_as_healthy() -> None:
    assert "--host=127.0.0.1" in SERVICES["db"]["healthcheck"]["test"]
