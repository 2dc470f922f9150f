"""What happens to every call beside its own operation: parameters held against what is served, failures
on demand, the lock, the progress of jobs.
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.batch import runner
from s3tag_mock.misuse import NotServed, did_you_mean
from s3tag_mock.operations import SERVED
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, Params, Result, Run
from s3tag_mock.operations.s3.post_object import POST_OBJECT as POST_OBJECT
from s3tag_mock.rules.access_keys import ANONYMOUS
from s3tag_mock.settings import JobProgress
from s3tag_mock.state.fault import Strike

#: Services whose every call is ours.
OWN_SERVICES = frozenset({"s3", "s3control"})


def find(service: str, name: str) -> Operation | None:
    """The operation to serve a call with; None when the call is not ours.

    One that is ours and isn't served is answered too: that it isn't.

    :param service: botocore's name of the service.
    """
    served = SERVED.get((service, name))
    if served is None and service in OWN_SERVICES:
        return Operation(service, name, _not_served(service, name), honours=None)
    return served


def no_such_method(method: str) -> Operation:
    """What serves a request of plain HTTP that is none of S3's operations."""

    def run(call: CallContext, params: Params) -> Result:
        raise errors.METHOD_NOT_ALLOWED(Method=method, ResourceType="SERVICE")

    return Operation("s3", method, run, honours=None)


def _not_served(service: str, name: str) -> Run:
    """An operation that answers 501, naming itself: never a false success."""

    def run(call: CallContext, params: Params) -> Result:
        near = did_you_mean(name, [other for owner, other in SERVED if owner == service], none_known="")
        raise errors.OPERATION_NOT_SERVED(operation=f"{service}.{name}", hint=near)

    return run


def perform(served: Operation, call: CallContext, params: Params, job_progress: JobProgress) -> Result:
    """Serve a call.

    :return: the result in boto3's shape.
    :raises AwsError: what AWS answers.
    :raises NoAnswer: when a fault of the test's author says that none comes.
    :raises NotServed: for a parameter that isn't served.
    """
    if call.account == ANONYMOUS and not params.get("Bucket"):
        raise errors.ACCESS_DENIED(hint="nobody signed the call")
    refused = served.refused(params)
    if refused:
        raise NotServed(
            f"{served.service}.{served.name} was called with {', '.join(refused)}, which s3tag_mock doesn't "
            f"serve; the call did nothing.\nIt serves: {', '.join(sorted(served.honours or ()))}."
        )
    if served.service == "s3control":
        runner.catch_up(call.world)
    if not call.world.faults:
        return _serve(served, call, params, job_progress)

    def serve() -> Result:
        return _serve(served, call, params, job_progress)

    def struck(strike: Strike) -> None:
        call.notes.delay = strike.delay
        call.notes.took_effect = strike.takes_effect

    return call.world.faults.around(served.service, served.name, params, serve, struck=struck)


def _serve(served: Operation, call: CallContext, params: Params, job_progress: JobProgress) -> Result:
    if job_progress == "on_describe" and served.name == "DescribeJob":
        runner.advance(call.world, params["JobId"])
    with call.world.lock:
        result = {**served.run(call, params), **_charged(call, served, params)}
    if job_progress == "immediate" and served.name in {"CreateJob", "UpdateJobStatus"}:
        # All of them: one may have been held back by another that has just ended.
        runner.run_all(call.world)
    return result


def _charged(call: CallContext, served: Operation, params: Params) -> Result:
    """RequestCharged, where the caller paid; the answers of tagging calls never say so (the model)."""
    bucket = call.world.buckets.get(params.get("Bucket", ""))
    if bucket is None or bucket.payer != "Requester" or bucket.owner == call.account:
        return {}
    return {} if served.name.endswith("Tagging") else {"RequestCharged": "requester"}
