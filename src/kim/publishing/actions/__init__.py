"""What can be done with a text, each verb one promise kept in one transaction."""

from kim.publishing.actions.afterwards import correct, reply, restore, unpublish
from kim.publishing.actions.deciding import (
    agree,
    confirm,
    discuss,
    postpone,
    reject,
    remark,
    retract,
    take_side,
)
from kim.publishing.actions.photos import add_photo, arrange_photo, describe_photos
from kim.publishing.actions.releasing import (
    publish,
    publish_due,
    publish_urgently,
    request_review,
    return_,
    schedule,
    take_back,
    unschedule,
)
from kim.publishing.actions.reported import printed_sample, reportable
from kim.publishing.actions.writing import QUIET, Stale, bring_back, edit, look_in, start

__all__ = [
    "QUIET",
    "Stale",
    "add_photo",
    "agree",
    "arrange_photo",
    "bring_back",
    "confirm",
    "correct",
    "describe_photos",
    "discuss",
    "edit",
    "look_in",
    "postpone",
    "printed_sample",
    "publish",
    "publish_due",
    "publish_urgently",
    "reject",
    "remark",
    "reply",
    "reportable",
    "request_review",
    "restore",
    "retract",
    "return_",
    "schedule",
    "start",
    "take_back",
    "take_side",
    "unpublish",
    "unschedule",
]
