"""The uploads under way in a bucket, compared with a plain list of them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from conftest import fuzzing
from s3tag_mock.state.properties import DEFAULT_PROPERTIES
from s3tag_mock.state.upload import Upload
from s3tag_mock.state.uploads import Uploads

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
KEYS = st.text("ab", min_size=1, max_size=2)


class UploadsMachine(RuleBasedStateMachine):
    """Uploads are begun, end and are copied."""

    def __init__(self) -> None:
        super().__init__()
        self.uploads, self.model = Uploads(), list[Upload]()
        self.begun = 0

    @rule(key=KEYS, minute=st.integers(0, 2))
    def begin(self, key: str, minute: int) -> None:
        initiated = START + timedelta(minutes=minute)
        number, self.begun = self.begun, self.begun + 1
        upload = Upload(f"upload {number}", key, number, initiated, {}, {}, DEFAULT_PROPERTIES)
        self.uploads.add(upload)
        self.model.append(upload)

    @precondition(lambda self: self.model)
    @rule(index=st.integers(0, 100))
    def end(self, index: int) -> None:
        self.uploads.remove(self.model.pop(index % len(self.model)))

    @rule()
    def copy(self) -> None:
        """Go on with a copy, whose uploads are its own."""
        self.uploads = self.uploads.copy()
        before, self.model = self.model, list(self.uploads.values())
        assert [one.id for one in before] == [one.id for one in self.model]
        assert {*map(id, before)}.isdisjoint(map(id, self.model))

    @rule(key=KEYS | st.just(""), inclusive=st.booleans())
    def walk(self, key: str, inclusive: bool) -> None:
        wanted = [one for one in self.model if one.key > key or (inclusive and one.key == key)]
        wanted.sort(key=lambda upload: upload.place)
        assert list(self.uploads.after(key, inclusive=inclusive)) == wanted

    @invariant()
    def same(self) -> None:
        assert dict(self.uploads) == {one.id: one for one in self.model}
        assert len(self.uploads) == len(self.model)
        for key in ("a", "bb", "c"):
            assert self.uploads.of(key) == [one for one in self.model if one.key == key]


TestUploads = UploadsMachine.TestCase
TestUploads.settings = fuzzing(40, steps=20)
