"""The OpenAPI document of the control API, made of its routes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from s3tag_mock.api.control.route import PREFIX, Field, Route


def document(routes: tuple[Route, ...], version: str) -> dict[str, Any]:
    """The document, in OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(f"{PREFIX}{route.path}", {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "s3tag_mock: control",
            "version": version,
            "description": "What a test does to the mock, beside the calls of the code that it tests.",
        },
        "paths": paths,
        "components": {"schemas": {"Error": _schema({"error": Field("string", "what is wrong", True)})}},
    }


def _operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": route.answer.__name__,
        "summary": route.text,
        "parameters": [
            *(
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in re.findall(r"\{(\w+)\}", route.path)
            ),
            *(
                {"name": name, "in": "query", "description": one.text, "schema": _type(one)}
                for name, one in route.query.items()
            ),
        ],
        "responses": {
            "200": {
                "description": "done",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "default": {
                "description": "refused: 400 and 404 say what is wrong, 403 and 415 whose requests are taken",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
        },
    }
    if route.method != "GET":
        schema = _schema(route.body)
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return found


def _schema(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {**_type(one), "description": one.text} for name, one in fields.items()},
        "required": [name for name, one in fields.items() if one.is_required],
        "additionalProperties": False,
    }


def _type(one: Field) -> dict[str, Any]:
    return {"type": one.kind if isinstance(one.kind, str) else list(one.kind)}
