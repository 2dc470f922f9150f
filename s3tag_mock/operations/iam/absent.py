"""Of what can't be made here there is none: passwords, MFA devices, keys for other services, aliases.

Programs that delete a user ask for all of them first.
"""

from __future__ import annotations

from s3tag_mock import errors
from s3tag_mock.operations.context import CallContext
from s3tag_mock.operations.iam import entities
from s3tag_mock.operations.iam.listing import PAGE, page
from s3tag_mock.operations.registry import Params, Result, operation


@operation("iam", "ListMFADevices", "UserName", PAGE)
def list_mfa_devices(call: CallContext, params: Params) -> Result:
    """No MFA devices.

    Source: ListMFADevices.
    """
    return _none_of_user(call, params, "MFADevices")


@operation("iam", "ListSSHPublicKeys", "UserName", PAGE)
def list_ssh_public_keys(call: CallContext, params: Params) -> Result:
    """No SSH keys.

    Source: ListSSHPublicKeys.
    """
    return _none_of_user(call, params, "SSHPublicKeys")


@operation("iam", "ListSigningCertificates", "UserName", PAGE)
def list_signing_certificates(call: CallContext, params: Params) -> Result:
    """No certificates.

    Source: ListSigningCertificates.
    """
    return _none_of_user(call, params, "Certificates")


@operation("iam", "ListServiceSpecificCredentials", "AllUsers ServiceName UserName", PAGE)
def list_service_specific_credentials(call: CallContext, params: Params) -> Result:
    """No credentials for single services.

    Source: ListServiceSpecificCredentials.
    """
    return _none_of_user(call, params, "ServiceSpecificCredentials")


@operation("iam", "ListVirtualMFADevices", "AssignmentStatus", PAGE)
def list_virtual_mfa_devices(call: CallContext, params: Params) -> Result:
    """No virtual MFA devices.

    Source: ListVirtualMFADevices.
    """
    return page("VirtualMFADevices", [], params, str)


@operation("iam", "ListAccountAliases", PAGE)
def list_account_aliases(call: CallContext, params: Params) -> Result:
    """No alias of the account.

    Source: ListAccountAliases.
    """
    return page("AccountAliases", [], params, str)


@operation("iam", "GetLoginProfile", "UserName")
def get_login_profile(call: CallContext, params: Params) -> Result:
    """No password.

    Source: GetLoginProfile.
    """
    return _no_password(call, params)


@operation("iam", "DeleteLoginProfile", "UserName")
def delete_login_profile(call: CallContext, params: Params) -> Result:
    """No password.

    Source: DeleteLoginProfile.
    """
    return _no_password(call, params)


def _none_of_user(call: CallContext, params: Params, member: str) -> Result:
    if "UserName" in params:
        entities.user(call, params)
    return page(member, [], params, str)


def _no_password(call: CallContext, params: Params) -> Result:
    name = params.get("UserName", call.principal.user_name)
    if name is None:
        raise errors.NOT_A_USER()
    if "UserName" in params:
        entities.user(call, params)
    raise errors.NO_SUCH_PROFILE(kind="Login Profile for User", name=name)
