"""Answers as the standard writes them: XML with named children, or JSON lists."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405

from aiohttp import web

from handlers.messages import visible

FORMATS = {"xml": "text/xml", "json": "application/json"}
CHILD = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "notes": "note",
    "service_request_updates": "request_update",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
"""Name of each child of a list in XML."""


def answer(form: str, root: str, content: Any, status: int = 200) -> web.Response:
    """Write a list or a mapping under the element `root`; fields that are None are left out."""
    if form == "json":
        body = json.dumps(_plain(content), ensure_ascii=False)
    else:
        element = Element(root)
        _fill(element, root, content)
        body = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(element, encoding="unicode")
    return web.Response(text=body, content_type=FORMATS[form], charset="utf-8", status=status)


def _plain(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _plain(value) for name, value in content.items() if value is not None}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    return content


def _fill(element: Element, name: str, content: Any) -> None:
    if isinstance(content, dict):
        for field, value in content.items():
            if value is not None:
                _fill(SubElement(element, field), field, value)
    elif isinstance(content, list | tuple):
        for value in content:
            child = CHILD.get(name, name)
            _fill(SubElement(element, child), child, value)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    else:
        element.text = visible(str(content))
