"""Whatever comes in over HTTP is answered as in the process: a success, or an error that changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conftest import fuzzing, needs_botocore
from tests.server.over_http import clients_of
from tools.fuzz.generate import steps
from tools.fuzz.run import Run, Runner
from tools.fuzz.world import world_for


@needs_botocore("1.44", "all that is served")
@fuzzing(3, shrinks=False)
@given(seed=st.integers(0, 2**32))
def test_sequences_of_all_operations(seed: int) -> None:
    with world_for(seed) as aws, aws.serve() as server, clients_of(server.url) as clients:
        runner = Runner(aws, Run(seed), clients)
        for step in steps(seed, 60):
            if not runner.take(step):
                raise AssertionError("\n".join(runner.result.done)) from runner.result.failure
        codes = {call.error_code for call in aws.calls}
    assert None in codes
    assert not codes & {"SignatureDoesNotMatch", "InvalidAccessKeyId"}  # they are signed as AWS has it
