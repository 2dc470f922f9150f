"""The configurations that a bucket stores as they were put: one mechanism, a row for each kind.

A kind is either one document a bucket (CORS, website, ...) or several, each with an id (inventory,
metrics, ...). What AWS checks beyond the schema is a function of the kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from s3tag_mock import errors
from s3tag_mock.errors import ErrorSpec
from s3tag_mock.operations import require
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.paging import page
from s3tag_mock.operations.registry import BUCKET, Params, Result, Run, operation
from s3tag_mock.rules import limits
from s3tag_mock.state.bucket import Bucket

Document = dict[str, Any]
#: Checks a document, and gives what is stored of it; it gets the parameters of the call, too.
Check = Callable[[CallContext, Bucket, Document, Params], Document]

#: Entries in one page of a list of configurations (RECORDED, LS
#: test_list_bucket_metrics_configurations_paginated).
_PAGE: Final = 100
_INVALID_TOKEN: Final = partial(errors.INVALID_CONTINUATION_TOKEN, ArgumentName="continuation-token")


def refused_by(refuse: Callable[[Document], None]) -> Check:
    """The check of a kind that depends on the document alone, which is stored as it is.

    :param refuse: raises what AWS answers to a document that it refuses.
    """

    def check(call: CallContext, bucket: Bucket, document: Document, params: Params) -> Document:
        refuse(document)
        return document

    return check


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of configuration.

    :param title: what it is, in a sentence: ``"CORS rules"``.
    :param name: what its operations are called behind their verb: ``"BucketCors"``.
    :param parameter: the member that holds the document.
    :param put_action: the IAM action of Put, without ``s3:``.
    :param get_action: the IAM action of Get and List.
    :param source: where its behaviour is known from.
    :param check: see :data:`Check`.
    :param absent: what Get answers where nothing was put; None for an empty document.
    :param options: further parameters of Put, separated by blanks.
    """

    title: str
    name: str
    parameter: str
    put_action: str
    get_action: str
    source: str
    check: Check
    absent: ErrorSpec | None = None
    options: str = ""


def put(kind: Kind) -> Run:
    """The operation that puts the document of a kind; an empty one removes what was there."""

    @_described(f"Replace a bucket's {kind.title}.", kind)
    @operation("s3", f"Put{kind.name}", BUCKET, kind.parameter, kind.options, action=kind.put_action)
    def run(call: CallContext, params: Params) -> Result:
        bucket = require.bucket(call, params)
        document = kind.check(call, bucket, dict(params.get(kind.parameter, {})), params)
        if document:
            bucket.configurations[kind.name] = document
        else:
            bucket.configurations.pop(kind.name, None)
        return {}

    return run


def get(kind: Kind) -> Run:
    """The operation that gets the document of a kind."""

    @_described(f"A bucket's {kind.title}, as they were put.", kind)
    @operation("s3", f"Get{kind.name}", BUCKET, action=kind.get_action)
    def run(call: CallContext, params: Params) -> Result:
        bucket = require.bucket(call, params)
        found: Document = bucket.configurations.get(kind.name, {})
        if not found and kind.absent is not None:
            raise kind.absent(BucketName=bucket.name)
        return dict(found)

    return run


def delete(kind: Kind, action: str) -> Run:
    """The operation that removes the document of a kind; none to remove is no error.

    :param action: the IAM action, without ``s3:``.
    """

    @_described(f"Remove a bucket's {kind.title}.", kind)
    @operation("s3", f"Delete{kind.name}", BUCKET, action=action)
    def run(call: CallContext, params: Params) -> Result:
        require.bucket(call, params).configurations.pop(kind.name, None)
        return {}

    return run


def put_one(kind: Kind) -> Run:
    """The operation that puts one of several documents, in place of one with its id."""

    @_described(f"Put one of a bucket's {kind.title}, in place of one with its id.", kind)
    @operation("s3", f"Put{kind.name}", BUCKET, f"Id {kind.parameter}", action=kind.put_action)
    def run(call: CallContext, params: Params) -> Result:
        bucket = require.bucket(call, params)
        document = kind.check(call, bucket, dict(params[kind.parameter]), params)
        stored = {**_all(kind, bucket), params["Id"]: document}
        if len(stored) > limits.CONFIGURATIONS_OF_A_KIND:
            raise errors.TOO_MANY_CONFIGURATIONS()
        bucket.configurations[kind.name] = stored
        return {}

    return run


def get_one(kind: Kind) -> Run:
    """The operation that gets one of several documents, by its id."""

    @_described(f"One of a bucket's {kind.title}, by its id.", kind)
    @operation("s3", f"Get{kind.name}", BUCKET, "Id", action=kind.get_action)
    def run(call: CallContext, params: Params) -> Result:
        found = _all(kind, require.bucket(call, params)).get(params["Id"])
        if found is None:
            raise errors.NO_SUCH_CONFIGURATION()
        return {kind.parameter: found}

    return run


def delete_one(kind: Kind) -> Run:
    """The operation that removes one of several documents, which must be there."""

    @_described(f"Remove one of a bucket's {kind.title}, which must be there.", kind)
    @operation("s3", f"Delete{kind.name}", BUCKET, "Id", action=kind.put_action)
    def run(call: CallContext, params: Params) -> Result:
        bucket = require.bucket(call, params)
        left = dict(_all(kind, bucket))
        if left.pop(params["Id"], None) is None:
            raise errors.NO_SUCH_CONFIGURATION()
        bucket.configurations[kind.name] = left
        return {}

    return run


def list_all(kind: Kind) -> Run:
    """The operation that lists the documents of a kind, sorted by id, in pages."""

    @_described(f"A bucket's {kind.title}, sorted by id, 100 a page.", kind)
    @operation("s3", f"List{kind.name}s", BUCKET, "ContinuationToken", action=kind.get_action)
    def run(call: CallContext, params: Params) -> Result:
        stored = _all(kind, require.bucket(call, params))
        token = params.get("ContinuationToken")
        wanted = {"MaxResults": _PAGE, **({} if token is None else {"NextToken": token})}
        ids, following = page(sorted(stored), str, wanted, _INVALID_TOKEN)
        return {
            "IsTruncated": following is not None,
            **({} if token is None else {"ContinuationToken": token}),
            **({} if following is None else {"NextContinuationToken": following}),
            **({f"{kind.parameter}List": [stored[one] for one in ids]} if ids else {}),
        }

    return run


def _all(kind: Kind, bucket: Bucket) -> dict[str, Document]:
    found: dict[str, Document] = bucket.configurations.get(kind.name, {})
    return found


def _described(first_line: str, kind: Kind) -> Callable[[Run], Run]:
    def describe(run: Run) -> Run:
        run.__doc__ = f"{first_line}\n\nSource: {kind.source}\n"
        return run

    return describe
