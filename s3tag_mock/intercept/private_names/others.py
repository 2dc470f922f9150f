"""Names of pytest, moto and Python itself."""

from __future__ import annotations

from typing import Final

from s3tag_mock.intercept.private_names.row import rows

ROWS: Final = (
    *rows("optional", "holding signals back quickly", "_signal:signal", "_signal:getsignal"),
    *rows("optional", "reading and writing variables quickly", "os:environ._data"),
    *rows(
        "optional",
        "keeping the user's variables from children of multiprocessing's fork server",
        "multiprocessing.spawn:get_preparation_data",
    ),
    # Conveniences.
    *rows("optional", "naming the line that entered a mock", "sys:_getframe"),
    *rows(
        "optional",
        "putting the mock's fixtures in their place among the test's",
        of_instances=("pytest:Function._fixtureinfo",),
    ),
    *rows(
        "optional",
        "colours in the report of a failed test",
        of_instances=("_pytest.terminal:TerminalReporter._tw",),
    ),
    *rows(
        "optional",
        "reporting no findings of a test that failed anyway",
        of_instances=("unittest:TestCase._outcome",),
    ),
    # moto, active at the same time.
    *rows(
        "warned",
        "answering each call once beside moto",
        "moto.core.botocore_stubber:BotocoreStubber.__call__",
        "moto.core.responses_custom_registry:CustomRegistry.find",
    ),
    *rows(
        "optional",
        "making the buckets of moto's CloudFormation stacks here, too",
        "moto.s3.models:FakeBucket.create_from_cloudformation_json",
        "moto.s3.models:FakeBucket.update_from_cloudformation_json",
        "moto.s3.models:FakeBucket.delete_from_cloudformation_json",
    ),
    *rows(
        "optional",
        "finding what moto reads for its other services in the buckets here",
        "moto.awslambda.models:LambdaFunction._set_function_code",
        "moto.awslambda.models:LayerVersion.__init__",
        "moto.s3.models:S3Backend.get_object",
    ),
)
