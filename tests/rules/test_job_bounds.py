"""The bounds that CreateJob checks are those of botocore's model, every one, and hold at both ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import needs_botocore
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.operations.s3.copies import DIRECTIVES
from s3tag_mock.rules import acl, archives, checksums, object_lock
from s3tag_mock.rules.bounds import Bound, Entries, Items, Members, Number, OneOf, Text
from s3tag_mock.rules.job_bounds import REQUEST

#: Tags: those of jobs are checked by the rules of tags, as in the other calls; those of objects by each task.
ELSEWHERE = re.compile(r"(Tags|TagSet|NewObjectTagging)\[\]")
ALL = Members(
    {
        **REQUEST.of,
        "Operation": Members({name: operation.bounds for name, operation in JOB_OPERATIONS.items()}),
    }
)
Found = tuple[str, dict[str, Any]]


def of_model(shape: Any, path: str = "") -> Iterator[Found]:
    """Path to what the model says of each of CreateJob's values that isn't anything."""
    said = {
        name: shape.metadata[name] for name in ("min", "max", "pattern", "enum") if name in shape.metadata
    }
    if said and not ELSEWHERE.search(path):
        yield path, {**said, **({"enum": sorted(said["enum"])} if "enum" in said else {})}
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            yield from of_model(member, f"{path}.{name}" if path else name)
    elif shape.type_name == "list":
        yield from of_model(shape.member, f"{path}[]")
    elif shape.type_name == "map":
        yield from of_model(shape.key, f"{path}'s key")
        yield from of_model(shape.value, f"{path}[]")


def of_bounds(bound: Bound, path: str = "") -> Iterator[Found]:
    """The same of our bounds."""
    if isinstance(bound, OneOf):
        yield path, {"enum": sorted(bound.values)}
    elif isinstance(bound, Members):
        for name, member in bound.of.items():
            yield from of_bounds(member, f"{path}.{name}" if path else name)
    else:
        assert isinstance(bound, (Text, Number, Items, Entries))
        said = {"min": bound.least, "max": bound.most, "pattern": getattr(bound, "pattern", None)}
        yield path, {name: value for name, value in said.items() if value is not None}
        if isinstance(bound, Items):
            yield from of_bounds(bound.of, f"{path}[]")
        elif isinstance(bound, Entries):
            yield from of_bounds(bound.keys, f"{path}'s key")
            yield from of_bounds(bound.values, f"{path}[]")


def without_nothing(found: Iterator[Found]) -> dict[str, dict[str, Any]]:
    """Without lower ends of nothing, which the model says of some and not of others."""
    all_said = {
        path: {
            name: value for name, value in said.items() if (name, value) != ("min", 0) or path == "Priority"
        }
        for path, said in found
    }
    return {path: said for path, said in all_said.items() if said}


@needs_botocore("1.44", "all that CreateJob takes")
def test_they_are_the_models() -> None:
    shape = service_model("s3control").operation_model("CreateJob").input_shape
    assert without_nothing(of_bounds(ALL)) == without_nothing(of_model(shape))


def test_numbers_that_may_not_be_negative() -> None:
    """A lower end of nothing does say something of numbers."""
    shape = service_model("s3control").operation_model("CreateJob").input_shape
    wanted = JOB_OPERATIONS["S3InitiateRestoreObject"].bounds
    assert list(wanted.problems("S3InitiateRestoreObject", {"ExpirationInDays": -1})) == [
        "S3InitiateRestoreObject.ExpirationInDays is -1, not at least 0"
    ]
    restore = shape.members["Operation"].members["S3InitiateRestoreObject"]
    assert restore.members["ExpirationInDays"].metadata["min"] == 0


@needs_botocore("1.44", "all of the enumerations")
@pytest.mark.parametrize(
    ("owner", "name", "ours", "refused"),
    [
        ("s3", "ObjectCannedACL", acl.OBJECT_CANNED, set()),
        ("s3control", "S3CannedAccessControlList", acl.OBJECT_CANNED, set()),
        ("s3", "Permission", acl.PERMISSIONS, set()),
        ("s3control", "S3Permission", acl.PERMISSIONS, set()),
        (
            "s3",
            "StorageClass",
            archives.STORAGE_CLASSES,
            {"AWS_BACKUP_LOW_COST_WARM", "AWS_BACKUP_WARM", "FSX_ONTAP", "FSX_OPENZFS", "OUTPOSTS"},
        ),
        ("s3", "ObjectLockMode", object_lock.MODES, set()),
        ("s3control", "S3ObjectLockRetentionMode", object_lock.MODES, set()),
        ("s3", "ObjectLockLegalHoldStatus", object_lock.LEGAL_HOLDS, set()),
        ("s3", "MetadataDirective", DIRECTIVES, set()),
        ("s3", "TaggingDirective", DIRECTIVES, set()),
        ("s3", "ChecksumAlgorithm", checksums.NAMES, set()),
        ("s3control", "ComputeObjectChecksumAlgorithm", checksums.NAMES, set()),
        ("s3", "ChecksumType", checksums.TYPES, set()),
    ],
)
def test_enumerations_are_the_models(owner: str, name: str, ours: frozenset[str], refused: set[str]) -> None:
    assert ours | refused == set(service_model(owner).shape_for(name).enum)
    assert not ours & refused


@pytest.mark.parametrize(
    ("bound", "right", "wrong", "problem"),
    [
        (Text(1, 3), ["a", "abc"], "", "x has 0 characters, not 1 to 3"),
        (Text(1, 3), [], "abcd", "x has 4 characters, not 1 to 3"),
        (Text(2), ["ab" * 999], "a", "x has 1 characters, not at least 2"),
        (Text(pattern=r"\d+", what="a number"), ["7"], "\u0667", "x '\u0667' isn't a number"),
        (Text(pattern="a.", what="it"), ["a\n"], "a\n\n", "x 'a\\n\\n' isn't it"),
        (Number(0, 9), [0, 9], 10, "x is 10, not 0 to 9"),
        (Number(0, 9), [], -1, "x is -1, not 0 to 9"),
        (Number(1), [2**70], 0, "x is 0, not at least 1"),
        (OneOf(frozenset("ab")), ["a", "b"], "A", "x 'A' isn't one of a, b"),
        (OneOf(frozenset("a")), ["a"], "b", "x 'b' isn't a"),
        (Items(Number(1), 1, 2), [[1], [1, 2]], [], "x has 0 items, not 1 to 2"),
        (Items(Number(1), 1, 1), [[1]], [1, 1], "x has 2 items, not 1"),
        (Items(Number(1)), [[], [1]], [1, 0], "x[1] is 0, not at least 1"),
        (Entries(Text(1), Text(0, 1), 1, 1), [{"a": ""}], {}, "x has 0 entries, not 1"),
        (Entries(Text(2), Text()), [{}], {"a": ""}, "x's key has 1 characters, not at least 2"),
        (Entries(Text(), Text(0, 1)), [], {"a": "bb"}, "x['a'] has 2 characters, not 0 to 1"),
        (Members({"a": Number(1)}), [{}, {"a": 1}, {"b": 0}], {"a": 0}, "x.a is 0, not at least 1"),
    ],
)
def test_what_is_said_of_a_value(bound: Bound, right: list[Any], wrong: Any, problem: str) -> None:
    for value in right:
        assert list(bound.problems("x", value)) == []
    assert list(bound.problems("x", wrong)) == [problem]
