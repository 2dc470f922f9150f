"""PutBucketWebsite, GetBucketWebsite, DeleteBucketWebsite. The website itself isn't supported."""

from __future__ import annotations

from typing import Final

from s3tag_mock import errors
from s3tag_mock.operations.s3 import configurations
from s3tag_mock.operations.s3.configurations import Kind
from s3tag_mock.rules import website

_WEBSITE: Final = Kind(
    title="website settings",
    name="BucketWebsite",
    parameter="WebsiteConfiguration",
    put_action="PutBucketWebsite",
    get_action="GetBucketWebsite",
    source="PutBucketWebsite; RECORDED, LS test_crud_website_configuration.",
    check=configurations.refused_by(website.check),
    absent=errors.NO_WEBSITE,
)
put_bucket_website = configurations.put(_WEBSITE)
get_bucket_website = configurations.get(_WEBSITE)
delete_bucket_website = configurations.delete(_WEBSITE, action="DeleteBucketWebsite")
