"""The enumerations of notices."""

from __future__ import annotations

from enum import Enum
from typing import Any

import strawberry

from steelyard.services.notices.addresses import Failure
from steelyard.services.notices.want import TITLES
from steelyard.services.notices.want import NoticeKind as Known
from steelyard.store.deliveries import DeliveryState as State
from steelyard.store.subscribers import Channel


def _kind(known: Known) -> Any:
    return strawberry.enum_value(known.value, description=f"{TITLES[known].en}: `{known.value}`.")


@strawberry.enum(description="What a notice tells of.")
class NoticeKind(Enum):
    """The kinds of the service."""

    FINDING_NEW = _kind(Known.FINDING_NEW)
    FINDING_BEHIND = _kind(Known.FINDING_BEHIND)
    RULE_FIRED = _kind(Known.RULE_FIRED)
    THRESHOLD = _kind(Known.THRESHOLD)
    ACTION_DUE = _kind(Known.ACTION_DUE)
    ACTION_OVERDUE = _kind(Known.ACTION_OVERDUE)
    ACTION_UNCLAIMED = _kind(Known.ACTION_UNCLAIMED)
    OBJECTION_DUE = _kind(Known.OBJECTION_DUE)
    OBJECTION_OVERDUE = _kind(Known.OBJECTION_OVERDUE)


@strawberry.enum(description="How a subscriber is told.")
class SubscriberChannel(Enum):
    """The channels of the store."""

    WEBHOOK = strawberry.enum_value(Channel.WEBHOOK.value, description="By a signed POST of JSON.")
    MAIL = strawberry.enum_value(Channel.MAIL.value, description="By mail in both languages.")


@strawberry.enum(description="How far a notice is on its way to a subscriber.")
class DeliveryState(Enum):
    """The states of the store."""

    WAITING = strawberry.enum_value(State.WAITING.value, description="It is tried, again if need be.")
    DELIVERED = strawberry.enum_value(State.DELIVERED.value, description="The receiver took it.")
    FAILED = strawberry.enum_value(State.FAILED.value, description="It was given up after many tries.")
    CANCELLED = strawberry.enum_value(
        State.CANCELLED.value, description="The subscriber was removed before it was told."
    )


@strawberry.enum(description="Why a notice was not delivered.")
class DeliveryError(Enum):
    """The failures of the service."""

    UNKNOWN_HOST = strawberry.enum_value(
        Failure.UNKNOWN_HOST.value, description="The name of the host stands for no address."
    )
    PRIVATE_ADDRESS = strawberry.enum_value(
        Failure.PRIVATE_ADDRESS.value,
        description="It stands for an address that is not public, which the settings do not allow.",
    )
    UNREACHABLE = strawberry.enum_value(
        Failure.UNREACHABLE.value, description="Nobody answers there, or not in a way that can be trusted."
    )
    TIMEOUT = strawberry.enum_value(Failure.TIMEOUT.value, description="It took too long.")
    REDIRECTED = strawberry.enum_value(
        Failure.REDIRECTED.value, description="It names another address, to which nothing is sent."
    )
    REFUSED = strawberry.enum_value(
        Failure.REFUSED.value, description="It answered with a status other than 2xx."
    )
    GONE = strawberry.enum_value(
        Failure.GONE.value, description="It answered 410: the notice is given up at once."
    )
    MAIL_REFUSED = strawberry.enum_value(
        Failure.MAIL_REFUSED.value, description="The mail server did not take it."
    )
