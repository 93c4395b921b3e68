"""What changes the register: a registration, its decision, and the life of a KIM afterwards."""

from kim.registry.actions.draft import begin, save_decree, save_people, save_place, save_profile, submit
from kim.registry.actions.exports import export_taken
from kim.registry.actions.imported import register_imported, supplement_imported
from kim.registry.actions.life import (
    add_member,
    edit_profile,
    end_membership,
    invite,
    let_in,
    open_seat,
    replace_seat,
)
from kim.registry.actions.naming import name_and_number
from kim.registry.actions.news import note_publication
from kim.registry.actions.office import approve, dissolve, refuse, return_
from kim.registry.actions.renewal import accept_decree, return_decree, submit_decree, write_renewal
from kim.registry.actions.reported import reinstate, reportable, suspend

__all__ = [
    "accept_decree",
    "add_member",
    "approve",
    "begin",
    "dissolve",
    "edit_profile",
    "end_membership",
    "export_taken",
    "invite",
    "let_in",
    "name_and_number",
    "note_publication",
    "open_seat",
    "refuse",
    "register_imported",
    "reinstate",
    "replace_seat",
    "reportable",
    "return_",
    "return_decree",
    "save_decree",
    "save_people",
    "save_place",
    "save_profile",
    "submit",
    "submit_decree",
    "supplement_imported",
    "suspend",
    "write_renewal",
]
