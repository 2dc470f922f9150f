"""Whose credentials signed a call.

Keys that IAM and STS gave out here are that user's or session's; keys of the mock's own making name their
account; any other is the mock's own account's, or refused where the test author wants that.

Source: IAM user guide; the answers are the rows of :mod:`s3tag_mock.errors.credentials`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from s3tag_mock import errors
from s3tag_mock.exceptions import AwsError, Hint
from s3tag_mock.operations import beside
from s3tag_mock.operations.caller import Caller, session_caller
from s3tag_mock.rules.access_keys import FAKE, account_of, is_lent
from s3tag_mock.rules.services import Form
from s3tag_mock.state.iam import AccessKey, Role, Session, User
from s3tag_mock.state.identities import Identities
from s3tag_mock.state.world import World


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request says of its credentials.

    :param access_key: None where the client has none, or has none yet.
    :param token: of temporary credentials.
    :param secret: where it is known, as it is of clients in this process.
    """

    access_key: str | None = None
    token: str | None = None
    secret: str | None = field(default=None, repr=False)


#: Of sessions that a test begins without a call.
SESSION_NAME: Final = "s3tag_mock"
NO_CREDENTIALS: Final = Credentials()


@dataclass(frozen=True, slots=True)
class _Refusals:
    """The errors of a service for the credentials of a request.

    :param token: nothing where none was given.
    :param form: of the service's errors.
    """

    access_key: str
    token: str
    form: Form

    def unknown(self, hint: Hint) -> AwsError:
        if self.form == "json":
            return errors.UNRECOGNIZED_CLIENT(hint=hint)
        if self.form == "query":
            return errors.UNKNOWN_TOKEN_OF_QUERY(hint=hint)
        return errors.UNKNOWN_ACCESS_KEY(AWSAccessKeyId=self.access_key, hint=hint)

    def of_token(self, hint: Hint) -> AwsError:
        if self.form in {"json", "query"}:
            return self.unknown(hint)
        return errors.INVALID_TOKEN(elements={"Token-0": self.token}, hint=hint)

    def expired(self, hint: Hint) -> AwsError:
        if self.form == "json":
            return errors.EXPIRED_TOKEN_OF_JSON(hint=hint)
        if self.form == "query":
            return errors.EXPIRED_TOKEN_OF_QUERY(hint=hint)
        return errors.EXPIRED_TOKEN(elements={"Token-0": self.token}, hint=hint)

    def secret(self) -> AwsError:
        hint = f"the secret isn't that of {self.access_key}"
        if self.form == "json":
            return errors.WRONG_SECRET_OF_JSON(hint=hint)
        if self.form == "query":
            return errors.WRONG_SECRET_OF_QUERY(hint=hint)
        return errors.WRONG_SECRET(AWSAccessKeyId=self.access_key, hint=hint)


def caller_of(
    world: World,
    given: Credentials,
    now: datetime,
    *,
    account: str,
    form: Form,
    refuses_unknown: bool,
) -> Caller:
    """Whose call it is that was signed with these credentials.

    :param account: whose keys are that nobody gave out.
    :param form: of the service's errors.
    :param refuses_unknown: whether keys that nobody gave out are refused.
    :raises AwsError: for keys that are unknown, deleted or inactive; for tokens that are expired, or aren't
        those of the key; for a secret that isn't. In this order (expiry before the secret OBSERVED).
    """
    identities, key = world.identities, given.access_key
    if key is None or key == FAKE:
        return Caller(account)  # the mock's own, as nearly always
    refusals = _Refusals(key, given.token or "", form)
    session, made = identities.sessions.get(key), identities.keys.get(key)
    if session is not None:
        return _of_session(identities, session, given, now, refusals)
    if made is not None:
        return _of_user(identities, made, given, refusals)
    named = account_of(key)
    if is_lent(key):
        lent = caller_as(world, identities.lent.get(key, ""))
        if lent is None:
            raise refusals.unknown("the client's user or role was deleted")
        return lent
    if key in identities.gone:
        raise refusals.unknown(f"{key} was deleted")
    of_moto = beside.caller_of(world, key) if named is None else None
    if of_moto is not None:
        if of_moto.session is not None:
            _check_time(of_moto.session, now, refusals)
        identities.of_moto.add(key)
        return of_moto
    if refuses_unknown and named is None:
        raise refusals.unknown(f"nobody gave out {key}, and the mock was made with unknown_keys='refuse'")
    return Caller(named or account)


def caller_as(world: World, arn: str) -> Caller | None:
    """A user, or a session of a role, by the ARN; None for one that nobody made."""
    role = beside.role_of(world, arn)
    if role is not None:
        return beside.role_as_caller(role, SESSION_NAME)
    user = beside.user_of(world, arn)
    return None if user is None else beside.user_as_caller(user)


def secrets_of(identities: Identities, key: str) -> set[str]:
    """The secret of a key that IAM or STS gave out, where there is such a key."""
    found = identities.sessions.get(key) or identities.keys.get(key)
    return set() if found is None else {found.secret}


def entity_of(identities: Identities, session: Session) -> User | Role | None:
    """The user or role whose policies decide over a session; None for one with all rights.

    :raises LookupError: when it was deleted.
    """
    if not session.source_id:
        return None
    found = identities.role_of(session.source) or identities.user_of(session.source)
    if found is None or found.id != session.source_id:
        raise LookupError(session.source)
    return found


def _of_session(
    identities: Identities, session: Session, given: Credentials, now: datetime, refusals: _Refusals
) -> Caller:
    whose = session.principal.arn
    if given.token is None:
        raise refusals.unknown(f"the call has no session token, which the credentials of {whose} have")
    if given.token != session.token:
        if any(given.token == other.token for other in identities.sessions.values()):
            raise refusals.unknown(f"the session token isn't that of {whose}")
        raise refusals.of_token(f"the session token isn't that of {whose}")
    _check_time(session, now, refusals)
    if given.secret not in {None, session.secret}:
        raise refusals.secret()
    try:
        entity = entity_of(identities, session)
    except LookupError:
        raise refusals.unknown(f"{session.source} was deleted") from None
    return session_caller(session, entity)


def _check_time(session: Session, now: datetime, refusals: _Refusals) -> None:
    if now >= session.expires:
        raise refusals.expired(f"the session of {session.principal.arn} ended at {session.expires}")


def _of_user(identities: Identities, key: AccessKey, given: Credentials, refusals: _Refusals) -> Caller:
    if not key.is_active:
        raise refusals.unknown(f"{key.id} is inactive")
    if given.token is not None:
        raise refusals.of_token(f"{key.id} is a user's key, which takes no session token")
    if given.secret not in {None, key.secret}:
        raise refusals.secret()
    user = identities.user(key.account, key.user)
    assert user is not None, f"{key.user} can't be deleted while there are keys"
    return beside.user_as_caller(user)
