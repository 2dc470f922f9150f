"""Writes docs/coverage.md from the operations and botocore's models: ``python tools/coverage_table.py``."""

from __future__ import annotations

import inspect
from pathlib import Path

import botocore
from botocore.model import OperationModel

from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.operations.job_catalogue import JOB_OPERATIONS
from s3tag_mock.operations.operation_names import model as service_model
from s3tag_mock.operations.registry import ON_THE_WIRE, Operation
from s3tag_mock.rules.services import WHOLE

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"

HEAD = """\
# What is supported

Written by `python tools/coverage_table.py` from the code and botocore {version}'s models; a test compares.

- *Honoured* parameters change the answer as they change AWS's.
- *Ignored* ones are taken and change nothing, since what they are about isn't modelled.
- *Refused* ones raise `s3tag_mock.NotSupported`, which names them; so does any that a newer botocore brings.
- Digests (`ContentMD5`, `ChecksumAlgorithm`, `Checksum...`) are checked against the body wherever they are
  sent, and aren't listed. Of checksums, XXHASH64, XXHASH3 and XXHASH128 are refused.
- `resourcegroupstaggingapi` is about the resources of S3, and with moto active about moto's too.
- An operation that isn't supported answers 501 `NotImplemented`, and names itself.

Jobs run these operations: {job_operations}. STS: {sts}.

What is remembered, but doesn't act: lifecycle rules, unless `lifecycle="act"` asks for it (`x-amz-expiration`
and `x-amz-abort-date` say what they would do); replication rules act in S3ReplicateObject jobs alone;
metrics, logs and websites are configured, but nothing is measured or delivered; nothing is really encrypted,
and KMS keys needn't exist.
"""


def models(service: str) -> dict[str, OperationModel]:
    """The operations of a service that botocore knows, by name."""
    model = service_model(service)
    return {name: model.operation_model(name) for name in model.operation_names}


def row(operation: Operation, model: OperationModel) -> str:
    """A supported operation as a row of its table."""
    known = set(model.input_shape.members) if model.input_shape else set()
    honoured = (operation.honours or frozenset()) - ON_THE_WIRE
    refused = {
        name
        for name in known - honoured - operation.ignores - ON_THE_WIRE
        if not name.startswith("ChecksumXXHASH")
    }
    first_line = (inspect.getdoc(operation.run) or "").partition("\n")[0]
    columns = (honoured, operation.ignores, refused)
    cells = [operation.name, first_line, *(", ".join(sorted(names)) for names in columns)]
    return f"| {' | '.join(cells)} |"


def section(service: str) -> str:
    """A service: a table of what is supported, a list of what isn't."""
    known = models(service)
    served = {name: operation for (owner, name), operation in sorted(OPERATIONS.items()) if owner == service}
    missing = sorted(known.keys() - served.keys())
    head = "| operation | what it does | honoured | ignored | refused |\n|---|---|---|---|---|"
    rows = "\n".join(row(operation, known[name]) for name, operation in served.items() if name in known)
    return (
        f"\n## {service}: {len(served)} of {len(known)} operations\n\n{head}\n{rows}\n\n"
        f"Not supported, unless [`aws.answers`](answers.md) answers it in a test ({len(missing)}):\n\n"
        f"{''.join(f'- {name}{chr(10)}' for name in missing)}"
    )


def page() -> str:
    """The page's text."""
    head = HEAD.format(
        version=botocore.__version__,
        job_operations=", ".join(sorted(JOB_OPERATIONS)),
        sts=", ".join(name for service, name in OPERATIONS if service == "sts"),
    )
    return head + "".join(section(service) for service in WHOLE)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
