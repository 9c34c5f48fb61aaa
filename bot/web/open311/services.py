"""What can be reported: one service for each public category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.web.open311.refusing import not_found
from bot.web.open311.writing import answer
from handlers.phrases import open311 as phrases
from knowledge.community.tickets.publicity import public_categories
from knowledge.community.tickets.ticket import Lane

if TYPE_CHECKING:
    from aiohttp import web

    from bot.web.open311.call import Call
    from knowledge.community.tickets.categories import Category

BUILDING = "building"
"""The one attribute: needed where a report is of no use without the building."""
CHANGESET = "2026-11-01T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


async def discover(call: Call) -> web.Response:
    """Say where the endpoints are; on the one of type `test` nothing is kept."""
    endpoints = [
        {
            "specification": SPECIFICATION,
            "url": f"{call.base}/open311/{path}",
            "changeset": CHANGESET,
            "type": kind,
            "formats": ["text/xml", "application/json"],
        }
        for path, kind in (("v2", "production"), ("test/v2", "test"))
    ]
    content = {
        "changeset": CHANGESET,
        "contact": call.rules.contact or "社区",
        "key_service": "linli user key add 名字",
        "endpoints": endpoints,
    }
    return answer(call.parts["form"], "discovery", content)


async def list_services(call: Call) -> web.Response:
    """List what can be reported."""
    listed = [_service(one) for one in public_categories().values()]
    return answer(call.parts["form"], "services", listed)


async def define(call: Call) -> web.Response:
    """Say what else a service must know."""
    known = service(call.parts["code"])
    content = {
        "service_code": known.code,
        "attributes": [
            {
                "variable": True,
                "code": BUILDING,
                "datatype": "string",
                "required": known.needs_building,
                "datatype_description": "",
                "order": 1,
                "description": phrases.ATTRIBUTE_BUILDING,
                "values": [],
            }
        ],
    }
    return answer(call.parts["form"], "service_definition", content)


def service(code: str) -> Category:
    """Return the public category with this code; raises Refused (404)."""
    found = public_categories().get(code)
    if found is None:
        raise not_found("服务：看 services 里有哪些 service_code")
    return found


def _service(category: Category) -> dict[str, Any]:
    dangerous = category.lane is Lane.P0
    return {
        "service_code": category.code,
        "service_name": category.name,
        "description": phrases.described(category.name, category.kind.value, dangerous=dangerous),
        "metadata": True,
        "type": "realtime",
        "keywords": category.name,
        "group": category.kind.value,
    }
