"""The buckets of a world, compared with a plain dictionary of them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from conftest import fuzzing
from s3tag_mock.state.bucket import Bucket
from s3tag_mock.state.buckets import Buckets
from s3tag_mock.state.clock import Clock
from s3tag_mock.state.ids import Ids
from s3tag_mock.state.world import World
from tests.state.test_uploads import START

NAMES = st.text("ab", min_size=1, max_size=2)


class BucketsMachine(RuleBasedStateMachine):
    """Buckets are made, made again, deleted and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.world, self.model = World(Clock(), Ids()), dict[str, Bucket]()

    @property
    def buckets(self) -> Buckets:
        return self.world.buckets_of("us-east-1")

    @rule(name=NAMES)
    def make(self, name: str) -> None:
        self.buckets[name] = self.model[name] = Bucket(name, "us-east-1", "123456789012", START)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        if name in self.model:
            del self.buckets[name], self.model[name]

    @rule()
    def clear(self) -> None:
        self.buckets.clear()
        self.model.clear()

    @rule()
    def copy(self) -> None:
        """Go on with a copy, whose buckets are its own."""
        self.world = self.world.copy()
        before, self.model = self.model, dict(self.buckets)
        assert list(before) == list(self.model)
        assert all(before[name] is not self.model[name] for name in before)

    @invariant()
    def same(self) -> None:
        assert list(self.buckets.items()) == list(self.model.items())
        for after in ("", "ab", "b"):
            wanted = [self.model[name] for name in sorted(self.model) if name > after]
            assert list(self.buckets.by_name(after)) == wanted


TestBuckets = BucketsMachine.TestCase
TestBuckets.settings = fuzzing(40, steps=20)
