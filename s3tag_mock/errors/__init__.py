"""Every error that AWS answers here, as data: code, HTTP status, text, elements, source.

A row is a situation, not a code: InvalidTag has many texts. ``LS`` stands for LocalStack's
snapshots, which were recorded on AWS; ``moto-av`` for moto's aws_verified tests.
"""

from s3tag_mock.errors.access import *
from s3tag_mock.errors.browsers import *
from s3tag_mock.errors.buckets import *
from s3tag_mock.errors.configurations import *
from s3tag_mock.errors.credentials import *
from s3tag_mock.errors.iam import *
from s3tag_mock.errors.iam_documents import *
from s3tag_mock.errors.jobs import *
from s3tag_mock.errors.lifecycle import *
from s3tag_mock.errors.multipart import *
from s3tag_mock.errors.objects import *
from s3tag_mock.errors.on_demand import ON_DEMAND as ON_DEMAND
from s3tag_mock.errors.policies import *
from s3tag_mock.errors.replication import *
from s3tag_mock.errors.requests import *
from s3tag_mock.errors.resource_groups import *
from s3tag_mock.errors.signatures import *
from s3tag_mock.errors.spec import ErrorSpec as ErrorSpec
from s3tag_mock.errors.sts import *
from s3tag_mock.errors.tags import *
from s3tag_mock.exceptions import AwsError as AwsError
