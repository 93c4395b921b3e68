"""What can be done with people: hats given and ended, codes made and used, support opened and closed."""

from kim.accounts.actions.codes import EXPIRES_AFTER, MAX_TRIES, issue_code, just_used, try_code, use_code
from kim.accounts.actions.people import (
    change_password,
    change_pin,
    drop_second_factor,
    end_mandate,
    enrol,
    give_mandate,
    invite,
    note_sign_in,
    sign_out_everywhere,
    withdraw_consent,
)
from kim.accounts.actions.support import close_staff_session, note_staff_request, open_staff_session
from kim.accounts.actions.ways import close_way, open_push, open_way

__all__ = [
    "EXPIRES_AFTER",
    "MAX_TRIES",
    "change_password",
    "change_pin",
    "close_staff_session",
    "close_way",
    "drop_second_factor",
    "end_mandate",
    "enrol",
    "give_mandate",
    "invite",
    "issue_code",
    "just_used",
    "note_sign_in",
    "note_staff_request",
    "open_push",
    "open_staff_session",
    "open_way",
    "sign_out_everywhere",
    "try_code",
    "use_code",
    "withdraw_consent",
]
