"""What policies decided over a request, in AWS's words and in ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from s3tag_mock.permissions.document import Statement

PolicyType = Literal[
    "identity-based policy", "permissions boundary", "resource-based policy", "session policy"
]


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that made a decision.

    :param policy: the name of its policy.
    """

    type: PolicyType
    policy: str
    statement: Statement

    def __str__(self) -> str:
        """Where it stands."""
        sid = f" ({self.statement.sid})" if self.statement.sid else ""
        return f"statement {self.statement.number}{sid} of {_KINDS[self.type]} {self.policy}"


#: How the name of a policy is introduced.
_KINDS: Final[Mapping[PolicyType, str]] = {
    "identity-based policy": "the policy",
    "permissions boundary": "the permissions boundary",
    "resource-based policy": "the policy of",
    "session policy": "the policy",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What policies decide.

    :param type: the kind of policy that denies, or that would have to allow; None where it is allowed.
    :param explicit: whether a statement denies.
    :param statements: those that made the decision.
    :param missing: condition keys of otherwise matching statements that the request doesn't have.
    :param resource: the ARN of what the action is done to.
    :param near: statements that would allow the action on another resource, or under other conditions.
    """

    action: str
    type: PolicyType | None = None
    explicit: bool = False
    statements: tuple[Match, ...] = ()
    missing: tuple[str, ...] = ()
    resource: str = "*"
    near: tuple[Match, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether they allow it."""
        return self.type is None

    @property
    def reason(self) -> str:
        """Why it was denied, in AWS's words; empty where it is allowed."""
        if self.type is None:
            return ""
        if not self.explicit:
            return f"because no {self.type} allows the {self.action} action"
        article = "an" if self.type.startswith("i") else "a"
        managed = [one.policy for one in self.statements if one.policy.startswith("arn:")]
        named = f": {managed[0]}" if managed else ""
        return f"with an explicit deny in {article} {self.type}{named}"

    def __str__(self) -> str:
        """What was decided, and the statements that made it or what was missing."""
        if self.allowed:
            by = f" by {_listed(self.statements)}" if self.statements else ""
            return f"{self.action} on {self.resource} is allowed{by}"
        return f"{self.action} on {self.resource} is denied {self.reason}: {self.explanation}"

    @property
    def explanation(self) -> str:
        """The statements that deny it, or what is missing; for the test author."""
        if self.explicit:
            return f"{_listed(self.statements)} denies {self.action}"
        found = [f"no {self.type} allows {self.action} on {self.resource}"]
        found += [f"{one} names the action, but not this resource or condition" for one in self.near]
        if self.missing:
            found.append(f"the request has no {', '.join(self.missing)}")
        return "; ".join(found)


def _listed(matches: Iterable[Match]) -> str:
    return ", ".join(map(str, matches))
