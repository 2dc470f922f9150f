"""A browser's form as PostObject takes it: multipart/form-data in, a status or a short document out.

Sources: S3 API reference, "POST Object"; RECORDED, LS test_post_object_with_tags,
test_post_object_with_metadata, test_post_object_with_file_as_string.
"""

from __future__ import annotations

import re
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.protocol import nodes, scalars, xml
from s3tag_mock.protocol.address import Address
from s3tag_mock.protocol.http import Request, Response
from s3tag_mock.protocol.parse import Params
from s3tag_mock.protocol.serialize import XML_HEADERS, Result
from s3tag_mock.protocol.wire_format import WireFormat
from s3tag_mock.rules.post_policy import FIELDS

_BOUNDARY: Final = re.compile(r'multipart/form-data\s*;.*?boundary="?([^";]+)"?', re.IGNORECASE)
_NAME: Final = re.compile(r'[; ]name="((?:[^"\\]|\\.)*)"')
_FILENAME: Final = re.compile(r'filename="((?:[^"\\]|\\.)*)"')
_METADATA: Final = "x-amz-meta-"
_SIGNATURE: Final = frozenset(
    {"x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-security-token", "x-amz-signature"}
)


#: What the answer shows of the object that was stored: result to header.
_ANSWERED: Final[dict[str, str]] = {
    "ETag": "ETag",
    "Location": "Location",
    "VersionId": "x-amz-version-id",
    "ChecksumCRC64NVME": "x-amz-checksum-crc64nvme",
    "ChecksumType": "x-amz-checksum-type",
    "ServerSideEncryption": "x-amz-server-side-encryption",
}
_NO_FORM: Final = "Bucket POST must be of the enclosure-type multipart/form-data"


def boundary_of(content_type: str) -> bytes | None:
    """The boundary that a Content-Type names; None when it is no form's."""
    match = _BOUNDARY.search(content_type)
    return match[1].encode() if match else None


def fields_of(request: Request) -> tuple[dict[str, str], bytes | None, str | None]:
    """The fields of a form before its file, by their names in lower case; the file; the file's name.

    :param request: whose Content-Type has a boundary.
    """
    fields: dict[str, str] = {}
    boundary = boundary_of(request.headers["content-type"])
    assert boundary is not None
    for part in (b"\r\n" + request.body).split(b"\r\n--" + boundary)[1:]:
        head, _, content = part.partition(b"\r\n\r\n")
        described = head.decode("utf-8", "replace")
        name = _NAME.search(described)
        if name is None:
            continue
        if name[1].lower() == "file":
            # What comes behind the file doesn't count.
            filename = _FILENAME.search(described)
            return fields, content, filename[1] if filename else None
        fields[name[1].lower()] = content.decode("utf-8", "replace")
    return fields, None, None


def _parse(request: Request, address: Address) -> Params:
    if boundary_of(request.headers.get("content-type", "")) is None:
        raise errors.PRECONDITION_FAILED(Condition=_NO_FORM)
    fields, body, filename = fields_of(request)
    if body is None:
        raise errors.FORM_WITHOUT_FILE(ArgumentName="file", ArgumentValue="0")
    if "key" not in fields:
        raise errors.FORM_FIELD_MISSING(field="key", ArgumentName="key", ArgumentValue="")
    if filename is not None:
        fields["key"] = fields["key"].replace("${filename}", filename)
    params: dict[str, Any] = {FIELDS[name]: value for name, value in fields.items() if name in FIELDS}
    params.update({name: value for name, value in fields.items() if _is_unknown(name)})
    params.update(Bucket=address.bucket, Body=body, Fields=fields)
    if "Expires" in params:
        params["Expires"] = scalars.read_argument(scalars.read_timestamp, params["Expires"], "Expires")
    metadata = {name[len(_METADATA) :]: value for name, value in fields.items() if name.startswith(_METADATA)}
    if metadata:
        params["Metadata"] = metadata
    if "tagging" in fields:
        params["TagSet"] = _tag_set(fields["tagging"])
    return params


def _is_unknown(field: str) -> bool:
    """Whether a field would mean something to AWS that isn't supported; it is refused by its name."""
    known = field in FIELDS or field in _SIGNATURE or field.startswith(_METADATA)
    return field.startswith("x-amz-") and not known


def _tag_set(document: str) -> list[dict[str, str]]:
    """The tags of the field ``tagging``. A document with another root is none (RECORDED)."""
    try:
        root, node = xml.read(document.encode())
        return _read_tags(node) if root == "Tagging" else []
    except (xml.NotXml, nodes.SchemaViolation) as problem:
        raise errors.MALFORMED_XML(hint=str(problem)) from None


def _read_tags(node: xml.Node) -> list[dict[str, str]]:
    tag_set = node.get("TagSet") if isinstance(node, dict) else None
    tags = tag_set.get("Tag", []) if isinstance(tag_set, dict) else []
    return [_read_tag(tag) for tag in (tags if isinstance(tags, list) else [tags])]


def _read_tag(node: xml.Node) -> dict[str, str]:
    if not isinstance(node, dict) or not {"Key", "Value"} <= node.keys():
        raise nodes.SchemaViolation("a Tag without Key or Value")
    return {name: str(node[name] or "") for name in ("Key", "Value")}


def _write(result: Result, request_id: str) -> Response:
    status = result["SuccessActionStatus"]
    headers = {header: result[name] for name, header in _ANSWERED.items() if name in result}
    if status != 201:
        return Response(status, headers)
    described = {name: result[name] for name in ("Location", "Bucket", "Key", "ETag")}
    return Response(status, {**headers, **XML_HEADERS}, xml.write("PostResponse", described))


#: How PostObject, which no client has, is read and written.
POST_OBJECT: Final = WireFormat(
    service="s3",
    name="PostObject",
    method="POST",
    names_bucket=True,
    streams=False,
    parser=_parse,
    serializer=_write,
)
