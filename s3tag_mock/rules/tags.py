"""What AWS allows in a tag set, per kind of resource: one check, a row of data for each kind.

The rules and their texts are in S3's "Object tagging" and "User-defined tag restrictions" pages
and in answers that AWS gave (the sources stand beside each error in :mod:`s3tag_mock.errors`).
Characters: letters, numbers and separators of every script, and ``_ . : / = + - @``
(botocore's pattern for s3control tag keys). Lengths count UTF-16 code units (REPORTED).
Order: the first bad tag in document order wins, the count is looked at last (REPORTED); within one
tag: duplicate, ``aws:``, key, value (ASSUMED).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote_to_bytes

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError
from s3tag_mock.rules import limits

#: A set of tags: key to value, in the order in which they were given. Never changed in place.
Tags = Mapping[str, str]

NO_TAGS: Final[Tags] = MappingProxyType({})


def no_tags() -> Tags:
    """The empty set, one for all."""
    return NO_TAGS


# `\w` is exactly [\p{L}\p{N}_]; `\s` would be more than \p{Z}: it holds TAB, LF and CR too.
SEPARATORS: Final = "\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CHARACTERS: Final = re.compile(rf"[\w.:/=+\-@{SEPARATORS}]*")


@dataclass(frozen=True, slots=True)
class TagRules:
    """The rules of one kind of resource.

    :param most: how many tags it may have.
    :param too_many, duplicate, reserved, reserved_other_case, bad_key, bad_value: what AWS answers;
        each is called with the offending key and value.
    """

    most: int
    too_many: Callable[[], AwsError]
    duplicate: Callable[[str, str], AwsError]
    reserved: Callable[[str, str], AwsError]
    reserved_other_case: Callable[[str, str], AwsError]
    bad_key: Callable[[str, str], AwsError]
    bad_value: Callable[[str, str], AwsError]

    def check(self, pairs: Iterable[tuple[str, str]], system: Tags = NO_TAGS) -> Tags:
        """The tag set, if AWS would take it.

        :param pairs: keys and values in the order of the request.
        :param system: AWS's own tags of the resource, which may be given as they are, and don't count.
        :return: key to value, in the same order.
        :raises AwsError: what AWS answers to the first tag that is wrong.
        """
        tags: dict[str, str] = {}
        for key, value in pairs:
            if key in tags:
                raise self.duplicate(key, value)
            if system.get(key) != value:
                self._check_one(key, value)
            tags[key] = value
        if len(tags) - len(system_tags(tags)) > self.most:
            raise self.too_many()
        return tags

    def replacing(self, old: Tags, pairs: Iterable[tuple[str, str]]) -> Tags:
        """The tag set that takes an old one's place. AWS's own tags must stay as they are.

        :raises AwsError: what :meth:`check` raises; InvalidTag when one of AWS's own is missing.
        """
        system = system_tags(old)
        tags = self.check(pairs, system)
        if system.keys() - tags.keys():
            raise errors.SYSTEM_TAGS_REMOVED(hint=f"AWS's own tags are {', '.join(system)}")
        return tags

    def _check_one(self, key: str, value: str) -> None:
        if key.startswith("aws:"):
            raise self.reserved(key, value)
        if key[:4].lower() == "aws:":
            raise self.reserved_other_case(key, value)
        self.check_form(key, value)

    def check_form(self, key: str, value: str) -> None:
        """Refuse a key or value that no tag of such a resource can have.

        :raises AwsError: what AWS answers to it.
        """
        if not key or not _fits(key, limits.TAG_KEY_UNITS):
            raise self.bad_key(key, value)
        if not _fits(value, limits.TAG_VALUE_UNITS):
            raise self.bad_value(key, value)


def check_characters(pairs: Iterable[tuple[str, str]]) -> None:
    """Refuse keys and values that no object's tag can have, as in the filter of a rule (ASSUMED InvalidTag).

    :raises AwsError: InvalidTag.
    """
    for key, value in pairs:
        OBJECT.check_form(key, value)


def system_tags(tags: Tags) -> Tags:
    """Those of a set that AWS itself put there, as CloudFormation does: they begin with ``aws:``."""
    return {key: value for key, value in tags.items() if key.startswith("aws:")}


def _fits(text: str, most_units: int) -> bool:
    return utf16_units(text) <= most_units and _CHARACTERS.fullmatch(text) is not None


def utf16_units(text: str) -> int:
    """A text's length as S3 counts it: characters beyond U+FFFF count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _with_key(spec: errors.ErrorSpec) -> Callable[[str, str], AwsError]:
    return lambda key, value: spec(TagKey=key)


def _with_key_and_value(spec: errors.ErrorSpec) -> Callable[[str, str], AwsError]:
    return lambda key, value: spec(TagKey=key, TagValue=value)


def _without_elements(spec: errors.ErrorSpec) -> Callable[[str, str], AwsError]:
    return lambda key, value: spec(hint=f"the tag {key!r} = {value!r}")


OBJECT: Final = TagRules(
    most=limits.OBJECT_TAGS,
    too_many=errors.TOO_MANY_OBJECT_TAGS,
    duplicate=_with_key(errors.DUPLICATE_TAG_KEY),
    reserved=_with_key(errors.OBJECT_TAG_KEY_RESERVED),
    reserved_other_case=_with_key(errors.OBJECT_TAG_KEY_RESERVED),
    bad_key=_with_key(errors.INVALID_TAG_KEY),
    bad_value=_with_key_and_value(errors.INVALID_TAG_VALUE),
)

BUCKET: Final = TagRules(
    most=limits.BUCKET_TAGS,
    too_many=errors.TOO_MANY_BUCKET_TAGS,
    duplicate=_with_key(errors.DUPLICATE_TAG_KEY),
    reserved=_with_key(errors.BUCKET_TAG_KEY_RESERVED),
    reserved_other_case=_with_key(errors.BUCKET_TAG_KEY_RESERVED_OTHER_CASE),
    bad_key=_with_key(errors.INVALID_TAG_KEY),
    bad_value=_with_key_and_value(errors.INVALID_TAG_VALUE),
)

#: CreateBucket's Tags: a bucket's rules with other texts (RECORDED, LS test_create_bucket_with_tags_exc).
CREATE_BUCKET: Final = replace(
    BUCKET,
    duplicate=_without_elements(errors.INTERNAL_ERROR),
    reserved=_without_elements(errors.TAG_KEY_RESERVED),
)

JOB: Final = TagRules(
    most=limits.JOB_TAGS,
    too_many=errors.TOO_MANY_JOB_TAGS,
    duplicate=_without_elements(errors.DUPLICATE_TAG_KEYS),
    reserved=_without_elements(errors.TAG_KEY_RESERVED),
    reserved_other_case=_without_elements(errors.INVALID_TAG),
    bad_key=_without_elements(errors.INVALID_TAG),
    bad_value=_without_elements(errors.INVALID_TAG),
)


#: TagResource: a bucket's tags with the texts that jobs' tags are assumed to have
#: (RECORDED, LS test_tag_resource_validation).
RESOURCE: Final = replace(JOB, most=limits.BUCKET_TAGS, too_many=errors.TOO_MANY_TAGS)


def from_header(header: str) -> Tags:
    """The tags of an ``x-amz-tagging`` header: ``k=v`` pairs, URL-encoded, joined by ``&``.

    :param header: the header's value as it came.
    :return: key to value, in the header's order.
    :raises AwsError: InvalidArgument for what is no such list (two ``=``, an empty name, a broken
        ``%`` escape, a name twice), and the object tag rules' errors for what is.
    """
    pairs = [_header_pair(part, header) for part in header.split("&") if part]
    if len({key for key, _ in pairs}) < len(pairs):
        raise _not_a_tagging_header(header)
    return OBJECT.check(pairs)


def _header_pair(part: str, header: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    if not name or "=" in value or _BROKEN_ESCAPE.search(part):
        raise _not_a_tagging_header(header)
    return _form_decoded(name), _form_decoded(value)


_BROKEN_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")


def _form_decoded(text: str) -> str:
    # Bytes that are no UTF-8 become U+FFFD, which no tag may hold: InvalidTag, as AWS answers.
    return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")


def _not_a_tagging_header(header: str) -> AwsError:
    return errors.INVALID_TAGGING_HEADER(ArgumentName="x-amz-tagging", ArgumentValue=header)
