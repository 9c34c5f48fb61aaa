"""Clients that others wrote, against the running service."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.bot.web.open311.conftest import Partner

DESCRIPTION = Path(__file__).with_name("georeport_v2.json")
CASES = os.environ.get("LINLI_OPEN311_CASES", "12")
"""Examples that schemathesis invents for each address; thousands by command (CONTRIBUTING)."""


async def test_three_by_code_for_america(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)  # written for Python 2
    said = await asyncio.to_thread(_three, partner.at("v2/"), partner.key)

    assert said["discovery"]["endpoints"][0]["type"] == "production"
    assert said["definition"]["attributes"][0]["code"] == "building"
    [posted] = said["posted"]
    assert said["read"][0]["service_request_id"] == posted["service_request_id"]
    assert said["read"][0]["address"] == "桂花园小区 3栋1单元"
    assert [one["service_code"] for one in said["filtered"]] == ["stair-light"]
    assert said["by_date"] == said["filtered"]
    assert said["refused"][0]["code"] == "403"


def _three(endpoint: str, key: str) -> dict[str, Any]:
    from three import Three

    client = Three(endpoint, api_key=key)
    posted = client.post("stair-light", address="桂花园3栋1单元", name="小 王", description="不亮")
    return {
        "discovery": client.discovery(),
        "definition": client.services("stair-light"),
        "posted": posted,
        "read": client.request(posted[0]["service_request_id"]),
        "filtered": client.requests("stair-light"),
        "by_date": client.requests(between=["11-01-2026", "12-01-2026"]),
        "refused": Three(endpoint).post("road", address="桂花园"),
    }


async def test_boston311_reads_every_field(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from boston311 import api

    await partner.post(service_code="stair-light", address_string="桂花园3栋2单元")
    monkeypatch.setattr(api, "BOSTON_API_ENDPOINT", partner.at("v2/"))
    services = await asyncio.to_thread(api.get_services)
    one = await asyncio.to_thread(api.get_service_request, "0001")
    several = await asyncio.to_thread(api.get_service_requests, "stair-light")

    assert services.get_service_code("楼道灯") == "stair-light"
    assert one is not None
    assert one.requested_datetime.utcoffset() is not None
    assert [each.service_request_id for each in several.service_requests] == ["0001"]


@pytest.mark.long
async def test_schemathesis_finds_no_answer_outside_the_standard(
    partner: Partner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vars(partner.stage.app.settings.open311), "per_minute", 1_000_000)
    description = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    for field in description["paths"]["/requests.{form}"]["post"]["parameters"]:
        if field["name"] == "api_key":
            field["enum"] = [partner.key]
        if field["name"] == "service_code":
            field["enum"] = ["road", "stair-light", "gas"]
    here = tmp_path / "georeport.json"
    here.write_text(json.dumps(description), encoding="utf-8")
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", str(here), "--url", partner.at("v2")),
        *("--phases", "coverage,fuzzing", "--max-examples", CASES, "--generation-deterministic"),
        *("--checks", "not_a_server_error,status_code_conformance,content_type_conformance"),
        *("--checks", "response_schema_conformance", "--no-color"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await running.communicate()

    assert running.returncode == 0, said.decode()[-4000:]
    assert b"No issues found" in said or b"passed" in said
