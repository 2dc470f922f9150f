"""The clients and resources that a handle gives, typed for those who have boto3-stubs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, overload

from s3tag_mock.exceptions import FROM_TEST_AUTHORS
from s3tag_mock.rules.access_keys import access_key

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.service_resource import S3ServiceResource
    from mypy_boto3_s3control.client import S3ControlClient
    from mypy_boto3_sts.client import STSClient

    from s3tag_mock.api.lifecycle import Lifecycle
    from s3tag_mock.intercept.scope import Scope

__tracebackhide__ = FROM_TEST_AUTHORS


class Clients:
    """The clients of a mock that was entered."""

    _lifecycle: Lifecycle

    def _entered(self) -> Scope:
        """The mock, or the copy of it that a test of a decorated class works on."""
        from s3tag_mock.intercept.activation import ACTIVE

        own = self._lifecycle.own()
        copies = (one for one in reversed(ACTIVE.scopes) if one.copy_of is not None)
        return next((one for one in copies if one.copy_of and one.copy_of.world is own.world), own)

    @overload
    def client(
        self,
        service_name: Literal["s3"],
        *,
        account_id: str | None = None,
        as_: str | None = None,
        **options: Any,
    ) -> S3Client: ...
    @overload
    def client(
        self,
        service_name: Literal["s3control"],
        *,
        account_id: str | None = None,
        as_: str | None = None,
        **options: Any,
    ) -> S3ControlClient: ...
    @overload
    def client(
        self,
        service_name: Literal["sts"],
        *,
        account_id: str | None = None,
        as_: str | None = None,
        **options: Any,
    ) -> STSClient: ...
    @overload
    def client(
        self, service_name: str, *, account_id: str | None = None, as_: str | None = None, **options: Any
    ) -> Any: ...
    def client(
        self, service_name: str, *, account_id: str | None = None, as_: str | None = None, **options: Any
    ) -> Any:
        """A boto3 client in the mock's region.

        Without options it is made once per process; what a test changes on it is undone when the mock ends.

        :param service_name: ``"s3"``, ``"s3control"``, ``"sts"``, ...
        :param account_id: the account that makes its calls; by default the mock's own. The client's access
            key says which account it belongs to.
        :param as_: the ARN of a user or a role whose calls they are; of a role they are its session
            ``s3tag_mock``.
        :param options: those of ``boto3.client``; ``region`` stands for ``region_name``.
        :raises UnknownName: for a user or role that nobody made.
        """
        return self._cached("client", service_name, account_id, as_, options)

    @overload
    def resource(
        self,
        service_name: Literal["s3"],
        *,
        account_id: str | None = None,
        as_: str | None = None,
        **options: Any,
    ) -> S3ServiceResource: ...
    @overload
    def resource(
        self, service_name: str, *, account_id: str | None = None, as_: str | None = None, **options: Any
    ) -> Any: ...
    def resource(
        self, service_name: str, *, account_id: str | None = None, as_: str | None = None, **options: Any
    ) -> Any:
        """A boto3 resource in the mock's region; like ``client``."""
        return self._cached("resource", service_name, account_id, as_, options)

    def _cached(
        self, kind: str, service_name: str, account_id: str | None, as_: str | None, options: dict[str, Any]
    ) -> Any:
        from s3tag_mock.intercept.activation import ACTIVE

        if "region" in options:
            options["region_name"] = options.pop("region")
        scope = self._entered()
        key = self._key(scope, account_id, as_)
        with ACTIVE.lock:
            return ACTIVE.clients.get(kind, service_name, scope.settings.region, key, options)

    @staticmethod
    def _key(scope: Scope, account_id: str | None, as_: str | None) -> str | None:
        """The access key of a client; None for the mock's own."""
        if as_ is not None:
            from s3tag_mock.api import acting

            return acting.key_of(scope, as_, account_id)
        if account_id is None:
            return None
        # An invalid account id is refused as it is in mock_tagging(account_id=...).
        scope.settings.changed({"account_id": account_id})
        return access_key(account_id)
