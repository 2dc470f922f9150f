"""What happens to every call beside its own operation: parameters held against what is served, the
lock, the progress of jobs.
"""

from __future__ import annotations

from s3tag_mock.batch import runner
from s3tag_mock.misuse import NotServed, did_you_mean
from s3tag_mock.operations import SERVED
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, Params, Result
from s3tag_mock.settings import JobProgress

#: Services whose every call is ours: one that isn't served is refused.
OWN_SERVICES = frozenset({"s3", "s3control"})


def find(service: str, name: str) -> Operation | None:
    """The operation to serve a call with; None when the call is not ours.

    :param service: botocore's name of the service.
    :raises NotServed: when it is ours and isn't served.
    """
    served = SERVED.get((service, name))
    if served is None and service in OWN_SERVICES:
        names = [other for owner, other in SERVED if owner == service]
        raise NotServed(
            f"{service}.{name} was called, and s3tag_mock doesn't serve it; nothing was sent.\n"
            f"{did_you_mean(name, names, none_known='')}\n"
            f"To let {service} go to the network, write mock_tagging(passthrough=({service!r},)); to answer "
            "the call yourself, put a botocore.stub.Stubber on the client."
        )
    return served


def perform(served: Operation, call: CallContext, params: Params, job_progress: JobProgress) -> Result:
    """Serve a call.

    :return: the result in boto3's shape.
    :raises AwsError: what AWS answers.
    :raises NotServed: for a parameter that isn't served.
    """
    refused = served.refused(params)
    if refused:
        raise NotServed(
            f"{served.service}.{served.name} was called with {', '.join(refused)}, which s3tag_mock doesn't "
            f"serve; the call did nothing.\nIt serves: {', '.join(sorted(served.honours))}."
        )
    with call.world.lock:
        if job_progress == "on_describe" and served.name == "DescribeJob":
            _advance(call, params["JobId"])
        result = {**served.run(call, params), **_charged(call, served, params)}
        if job_progress == "immediate" and served.name == "CreateJob":
            runner.run(call.world, call.world.jobs[result["JobId"]])
        return result


def _charged(call: CallContext, served: Operation, params: Params) -> Result:
    """RequestCharged, where the caller paid; the answers of tagging calls never say so (the model)."""
    bucket = call.world.buckets.get(params.get("Bucket", ""))
    if bucket is None or bucket.payer != "Requester" or bucket.owner == call.account:
        return {}
    return {} if served.name.endswith("Tagging") else {"RequestCharged": "requester"}


def _advance(call: CallContext, job_id: str) -> None:
    job = call.world.jobs.get(job_id)
    if job is not None:
        runner.step(call.world, job)
