"""What happens to every call beside its own operation, in this order: an anonymous caller, parameters that
aren't supported, time that has passed for jobs, failures on demand, answers of the test author's, the lock,
the progress of jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from s3tag_mock import errors
from s3tag_mock.background import due
from s3tag_mock.dispatch.settings import JobProgress
from s3tag_mock.exceptions import FROM_TEST_AUTHORS, AwsError, NotSupported
from s3tag_mock.operations import require, service_permission
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.registry import Operation, Params, Result
from s3tag_mock.rules.services import SERVICES
from s3tag_mock.state.fault import NoAnswer
from s3tag_mock.state.world import World

__tracebackhide__ = FROM_TEST_AUTHORS


def perform(
    call: CallContext,
    params: Params,
    job_progress: JobProgress,
    read_timeout: Callable[[], float | None] = lambda: None,
) -> Result:
    """Serve a call.

    :param read_timeout: how long the client waits, in seconds; None for ever.
    :return: the result in boto3's shape.
    :raises AwsError: what AWS answers.
    :raises NoAnswer: when a fault of the test author says that none comes, or delays it for too long.
    :raises NotSupported: for a parameter that isn't supported.
    """
    operation = call.operation
    due.catch_up(call.world, call.now)
    if call.caller.is_anonymous and not params.get("Bucket") and not operation.unsigned:
        is_s3s = SERVICES[operation.service].errors in {"flat", "wrapped"}
        refusal = errors.ACCESS_DENIED if is_s3s else errors.MISSING_AUTHENTICATION_TOKEN
        raise refusal(hint="nobody signed the call")
    serve = _serve
    if call.world.answers.concern(operation.service, operation.name):
        serve = _answer_or_serve
    else:
        _refuse_unsupported(operation, params)
    if operation.service == "s3control" or job_progress == "timed":
        catch_up(call.world, job_progress)
    if not call.world.faults:
        return serve(call, params, job_progress)
    from s3tag_mock.faults.injection import effect_on

    effect = effect_on(call.world, operation.service, operation.name, params)
    if effect is None:
        return serve(call, params, job_progress)
    call.notes.delay, call.notes.took_effect = effect.delay, effect.takes_effect
    try:
        return effect.run(call.world, lambda: serve(call, params, job_progress), read_timeout())
    except NoAnswer as failure:
        call.notes.took_effect |= failure.took_effect
        raise


def catch_up(world: World, job_progress: JobProgress) -> None:
    """Do what has become due for jobs since anybody last looked."""
    from s3tag_mock.batch import pace, runner  # which jobs alone need

    if job_progress == "timed":
        pace.keep_pace(world)
    runner.catch_up(world)


def refuse_document(call: CallContext, params: Params, problem: AwsError) -> NoReturn:
    """Answer a call whose document can't be read: first with what is wrong about its bucket.

    Source: RECORDED, LS test_s3_default_bucket_encryption_exc: no bucket comes before no rules. That the
    caller's permission comes before, too, is ASSUMED.

    :param params: what the path, the query and the headers say.
    :raises AwsError: what is wrong about the bucket, else the problem.
    """
    if call.operation.service == "s3" and "Bucket" in params and call.operation.name != "CreateBucket":
        with call.world.lock:
            require.bucket(call, params)
    raise problem


def _refuse_unsupported(operation: Operation, params: Params) -> None:
    refused = operation.refused(params)
    if refused:
        raise NotSupported(
            f"{operation.service}.{operation.name} was called with {', '.join(refused)}, which s3tag_mock "
            f"doesn't support; the call did nothing.\nIt supports: "
            f"{', '.join(sorted(operation.honours or ()))}."
        )


def _answer_or_serve(call: CallContext, params: Params, job_progress: JobProgress) -> Result:
    """What the test author answers to this call, else what the mock does."""
    step = call.world.answers.take(call.operation.service, call.operation.name, params)
    if step is None:
        return _proceed(call, params, job_progress)
    call.notes.answered = True

    def proceed() -> Result:
        result = _proceed(call, params, job_progress)
        call.notes.took_effect = True
        return result

    return _without_headers(step(params, proceed))


def _proceed(call: CallContext, params: Params, job_progress: JobProgress) -> Result:
    _refuse_unsupported(call.operation, params)
    return _serve(call, params, job_progress)


def _without_headers(result: Mapping[str, Any]) -> Result:
    """An answer without what botocore tells of the response that it was copied from."""
    metadata = result.get("ResponseMetadata", {})
    kept = {"HTTPStatusCode": metadata["HTTPStatusCode"]} if "HTTPStatusCode" in metadata else {}
    return {**result, "ResponseMetadata": kept} if metadata else dict(result)


def _serve(call: CallContext, params: Params, job_progress: JobProgress) -> Result:
    operation = call.operation
    if job_progress == "on_describe" and operation.name == "DescribeJob":
        with call.world.lock:
            # Before anything moves: a call that is refused changes nothing.
            job = require.job(call, params)
        from s3tag_mock.batch import runner

        runner.advance(call.world, job)
    result = call.world.alone(_run, call, params)
    if job_progress == "immediate" and operation.name in {"CreateJob", "UpdateJobStatus"}:
        from s3tag_mock.batch import runner

        # All of them: one may have been held back by another that has just ended.
        runner.run_all(call.world)
    return result


def _run(call: CallContext, params: Params) -> Result:
    service_permission.check(call, params)
    return {**call.operation.run(call, params), **_charged(call, params)}


def _charged(call: CallContext, params: Params) -> Result:
    """RequestCharged, where the caller paid; the answers of tagging calls never say so (the model)."""
    bucket = call.buckets.get(params.get("Bucket", ""))
    if bucket is None or bucket.payer != "Requester" or bucket.owner == call.account:
        return {}
    return {} if call.operation.tags is not None else {"RequestCharged": "requester"}
