"""Where ids and chance come from: given to the mock's state, never taken by it.

Every id is drawn from a stream of its own kind, made from the seed, so that asking for more ids
of one kind never shifts those of another, and two runs with the same seed are identical.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import random

# The first generator that is seeded with a text imports what hashes it. A fork must not come in the middle of
# that in another thread, since the child would wait for ever for the rest of the import.
random.Random("")


class Ids:
    """Ids with AWS's lengths and alphabets, and chance: the same for the same seed.

    :param seed: any integer.
    """

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._streams: dict[str, random.Random] = {}

    def copy(self) -> Ids:
        """Ids that go on as these do. Another thread may draw one meanwhile, and begin a stream."""
        other = Ids(self._seed)
        other._streams = {kind: copy.copy(stream) for kind, stream in list(self._streams.items())}
        return other

    def _uuid(self, stream: str) -> str:
        from uuid import UUID  # which takes long to import, and many mocks need none

        return str(UUID(bytes=self._stream(stream).randbytes(16), version=4))

    def _stream(self, kind: str) -> random.Random:
        """Made when it is first wanted: most tests want few. Threads that want it at once share one."""
        stream = self._streams.get(kind)
        if stream is None:
            stream = self._streams.setdefault(kind, random.Random(f"{self._seed}/{kind}"))
        return stream

    def chance(self) -> float:
        """A number from 0 to 1, 1 not included."""
        return self._stream("chance").random()

    def request_id(self) -> str:
        """16 upper-case hex digits, as in ``x-amz-request-id``."""
        return self._stream("request").randbytes(8).hex().upper()

    def host_id(self) -> str:
        """76 characters of base64, as in ``x-amz-id-2``."""
        return base64.b64encode(self._stream("host").randbytes(57)).decode()

    def version_id(self) -> str:
        """32 characters of ``[A-Za-z0-9._]``, the last eight of which check the others."""
        body = _version_alphabet(self._stream("version").randbytes(18))
        return body + _check_digits(body)

    def job_id(self) -> str:
        """A lower-case UUID of version 4."""
        return self._uuid("job")

    def event_id(self) -> str:
        """A lower-case UUID of version 4, as EventBridge's events have."""
        return self._uuid("event")

    def etag(self) -> str:
        """32 lower-case hex digits: the ETag of what is encrypted with a key that isn't S3's own."""
        return self._stream("etag").randbytes(16).hex()

    def upload_id(self) -> str:
        """128 characters of ``[A-Za-z0-9._]``, as multipart uploads are given."""
        return _version_alphabet(self._stream("upload").randbytes(96))

    def alias(self) -> str:
        """34 lower-case letters and digits, as in the alias of an access point."""
        return base64.b32encode(self._stream("alias").randbytes(25))[:34].decode().lower()

    def rule_id(self) -> str:
        """What rules without an ID are given: a UUID in base64 (OBSERVED aws-sdk-go-v2 #3165)."""
        return base64.b64encode(self._uuid("rule").encode()).decode()

    def invocation_id(self) -> str:
        """52 characters of base64, as Lambda's events of batch jobs have."""
        return base64.b64encode(self._stream("invocation").randbytes(39)).decode()

    def result_file_id(self) -> str:
        """40 lower-case hex digits, as in the file names of a job's completion report."""
        return self._stream("file").randbytes(20).hex()

    def iam_id(self, prefix: str) -> str:
        """What IAM calls its things: 21 characters.

        :param prefix: that says what it is, such as ``"AROA"`` for a role.
        """
        return prefix + self._base32(f"iam/{prefix}", 17)

    def access_key(self, prefix: str) -> str:
        """An access key's id: 20 characters.

        :param prefix: ``"AKIA"``, or ``"ASIA"`` for temporary credentials.
        """
        return prefix + self._base32(f"key/{prefix}", 16)

    def secret(self) -> str:
        """40 characters of base64, as a secret access key has."""
        return base64.b64encode(self._stream("secret").randbytes(30)).decode()

    def session_token(self) -> str:
        """Of temporary credentials: base64, of which nobody may expect anything."""
        return base64.b64encode(self._stream("token").randbytes(240)).decode()

    def _base32(self, kind: str, length: int) -> str:
        return base64.b32encode(self._stream(kind).randbytes(length))[:length].decode()


def is_version_id(text: str) -> bool:
    """Whether this is a version id that some mock gave out.

    AWS's own ids carry check digits too: a made-up one of the right length and alphabet is still
    answered with "Invalid version id specified" (RECORDED, LocalStack test_delete_object), while
    an id that was once valid gets NoSuchVersion.
    """
    return len(text) == 32 and _check_digits(text[:24]) == text[24:]


def _check_digits(body: str) -> str:
    return _version_alphabet(hashlib.sha256(f"version id {body}".encode()).digest()[:6])


def _version_alphabet(raw: bytes) -> str:
    return base64.b64encode(raw, altchars=b"._").decode()
