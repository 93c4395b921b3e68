"""Rows on their way into the database: one COPY per table, all of one chunk in one transaction."""

import json
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from kim.accounts.models import Mandate, Person
from kim.aspirations import models as aspirations
from kim.clarification import models as clarification
from kim.ledger.models import Entry
from kim.moderation import models as moderation
from kim.publishing.models import Article, Correction, Photo, Revision
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member
from kim.search.models import Document

NULL = r"\N"
# The columns each row gives, in this order; whatever else the model has gets its default.
GIVEN: dict[type[Model], str] = {
    Person: "id name phone pin password is_demo joined_at",
    Kim: "id region_id name slug focus about founded_on secretariat public_phone ict_level accent understands_no_budget"
    " stage registry_number created_by_id created_at submitted_at registered_at last_news_at published_count is_demo",
    Decree: "id kim_id number about issued_on issuer_level issuer_office valid_from valid_until stage submitted_at"
    " accepted_at",
    Member: "id kim_id person_id name phone joined_on",
    BoardSeat: "id kim_id decree_id member_id position name since",
    Channel: "id kim_id kind address",
    Mandate: "id person_id role region_id kim_id label since",
    Article: "id kim_id region_id kind category source source_note title slug short_code gist body cover_id place"
    " held_on benefit is_urgent stage revision decided_revision version author_id responsible created_at edited_at"
    " published_at corrected_at is_demo",
    Photo: "article_id upload_id",
    Revision: "id article_id number title gist body author_id is_settled at",
    Correction: "id article_id text revision by_id at",
    Entry: "id verb key person_id person_name region_code kim_id data at",
    Document: "key kind region_id title name_key body summary source place url at",
    aspirations.Aspiration: "id number secret kind category text public_text is_public region_id place privacy"
    " reporter_name reporter_phone taken_by_id kim_id captured_at received_at stage holder_code holder_agency_id due_at"
    " alarm_at is_extended supporters merged_into_id answered_at closed_at reopened satisfaction asked_again_at"
    " stayed_fixed is_demo",
    aspirations.Handling: "id aspiration_id holder_code agency_id since accepted_at due_at until reason is_automatic"
    " is_late ending days",
    aspirations.Answer: "id aspiration_id holder_code agency_id by_id text outcome is_public at",
    aspirations.Reply: "id aspiration_id text at",
    aspirations.Support: "aspiration_id token at",
    clarification.Claim: "id stage code title verdict version office_id reports_count first_at heard_at published_at"
    " reason is_demo",
    clarification.Report: "id claim_id number region_id text digest at",
    clarification.Sighting: "claim_id region_id stage reports_count heard_at",
    clarification.Fingerprint: "claim_id medium code words band_0 band_1 band_2 band_3",
    clarification.Clipping: "claim_id code",
    clarification.Check: "id claim_id kim_id points note by_id at sent_at",
    clarification.Answer: "id claim_id number verdict title gist explanation evidence office_id agency by_id at",
    clarification.Round: "id claim_id done_at",
    clarification.Handout: "id claim_id kim_id region_id version arrived_at at opened_at",
    moderation.Case: "id subject title url region_id kim_id author_id digest reason is_urgent reports stage holder_id"
    " opened_at due_at verdict decided_by_id decided_code decided_at is_in_time note is_demo",
    moderation.Report: "id case_id reason words code_digest at",
}


def words(text: str) -> str:
    """People's words as COPY wants them."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")


class Table:
    """The rows of one model that wait to be written, as lines of COPY."""

    def __init__(self, model: type[Model], given: str) -> None:
        names = given.split()
        every = model._meta.concrete_fields
        fields = {field.attname: field for field in every if field.attname in names or not _is_made_there(field)}
        rest = [field for name, field in fields.items() if name not in names]
        columns = [f'"{field.column}"' for field in (*(fields[name] for name in names), *rest)]
        self.copy = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
        self.tail = "".join(f"\t{_default(field)}" for field in rest) + "\n"
        self.lines: list[str] = []

    def add(self, *values: str) -> None:
        """One row; every value is ready for COPY, in the order of GIVEN."""
        self.lines.append("\t".join(values) + self.tail)

    def write(self) -> int:
        """Send the rows; returns how many. The caller holds the transaction."""
        number, text = len(self.lines), "".join(self.lines)
        self.lines = []
        if number:
            with connection.cursor() as cursor, cursor.copy(self.copy) as copy:
                copy.write(text)
        return number


class Tables:
    """Every table of GIVEN, by model."""

    def __init__(self) -> None:
        self._tables = {model: Table(model, given) for model, given in GIVEN.items()}

    def __getitem__(self, model: type[Model]) -> Table:
        return self._tables[model]

    def write(self) -> int:
        """Send everything; returns the number of rows."""
        return sum(table.write() for table in self._tables.values())


def _is_made_there(field: Field) -> bool:
    """Whether the database fills the column: generated, counted, or by its own default."""
    is_counted = field.primary_key and not field.has_default()
    return field.generated or (is_counted and field.get_internal_type().endswith("AutoField")) or field.has_db_default()


def _default(field: Field) -> str:
    value = field.get_default()
    match value:
        case None:
            return NULL
        case bool():
            return "t" if value else "f"
        case dict() | list():
            return as_json(value)
        case date() | datetime():
            return value.isoformat()
    return words(str(value))
