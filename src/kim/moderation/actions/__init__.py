"""What can be done with a report and its case, each verb one promise kept in one transaction."""

from kim.moderation.actions.answering import appeal, mend, overturn, uphold
from kim.moderation.actions.checking import Check, Difference, check
from kim.moderation.actions.clocks import forget_old, pass_appeal_up, pass_up, pass_up_due, recount
from kim.moderation.actions.judging import claim, dismiss, release, restore, settle, take_down, warn
from kim.moderation.actions.reporting import open_case, report
from kim.moderation.actions.watching import watch

__all__ = [
    "Check",
    "Difference",
    "appeal",
    "check",
    "claim",
    "dismiss",
    "forget_old",
    "mend",
    "open_case",
    "overturn",
    "pass_appeal_up",
    "pass_up",
    "pass_up_due",
    "recount",
    "release",
    "report",
    "restore",
    "settle",
    "take_down",
    "uphold",
    "warn",
    "watch",
]
