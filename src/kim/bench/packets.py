"""Packets of government information on their way through the nation: some of the centre, one of each office below.

What a KIM makes of a packet is drawn from the ids of both, so the same load has the same copies and reports.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kim.bench import officials, phrases
from kim.bench.plan import Order, Share
from kim.bench.village import made_id
from kim.dissemination import actions
from kim.dissemination.models import Bulletin, Target, Version
from kim.dissemination.workflow import Stage
from kim.kernel import codes

NATIONAL = (2, 9, 26, 60)  # days ago the packets of the centre were sent; those below sent theirs in between
TOPICS = (
    "Imunisasi anak di posyandu", "Cara mendaftar bantuan pangan", "Waspada demam berdarah di musim hujan",
    "Jadwal rekam KTP keliling", "Pupuk bersubsidi: syarat dan kios", "Pajak kendaraan: bebas denda bulan ini",
)  # fmt: skip
# Four of five KIM open it, two of three decide, half spread it; the slow ones need two weeks.
COPIES = """
INSERT INTO dissemination_assignment (id, bulletin_id, kim_id, region_id, step, version_seen, arrived_at, opened_at, decided_at,
  spread_at, decline, note, heard_low, heard_high)
SELECT md5(%(bulletin)s || k.id::text)::uuid, %(bulletin)s, k.id, k.region_id,
  CASE WHEN t.spread THEN 'spread' WHEN t.declined THEN 'declined' WHEN t.decided THEN 'accepted' WHEN t.opened THEN 'opened'
    ELSE 'arrived' END,
  t.opened::int, %(sent)s, CASE WHEN t.opened THEN %(sent)s + c.pace END, CASE WHEN t.decided THEN %(sent)s + 1.6 * c.pace END,
  CASE WHEN t.spread THEN %(sent)s + 2.2 * c.pace END,
  CASE WHEN t.declined THEN (ARRAY['not_here', 'known', 'unclear', 'no_means'])[1 + (c.more * 4)::int %% 4] ELSE '' END,
  CASE WHEN t.declined THEN 'Catatan uji dari KIM.' ELSE '' END, CASE WHEN t.spread THEN c.heard ELSE 0 END,
  CASE WHEN t.spread THEN 2 * c.heard ELSE 0 END
FROM registry_kim k
CROSS JOIN LATERAL (SELECT md5(k.id::text || %(bulletin)s) AS mark) m
CROSS JOIN LATERAL (SELECT ('x' || left(m.mark, 7))::bit(28)::int / 268435456.0 AS fate,
  ('x' || substr(m.mark, 8, 7))::bit(28)::int / 268435456.0 AS more,
  interval '1 hour' + interval '160 hours' * (('x' || substr(m.mark, 15, 7))::bit(28)::int / 268435456.0) ^ 3 AS pace,
  20 + ('x' || substr(m.mark, 22, 2))::bit(8)::int AS heard) c
CROSS JOIN LATERAL (SELECT c.fate < 0.8 AND %(sent)s + c.pace < %(until)s AS opened,
  c.fate < 0.66 AND %(sent)s + 1.6 * c.pace < %(until)s AS decided,
  c.fate BETWEEN 0.6 AND 0.66 AND %(sent)s + 1.6 * c.pace < %(until)s AS declined,
  c.fate < 0.5 AND %(sent)s + 2.2 * c.pace < %(until)s AS spread) t
WHERE k.stage = 'registered' AND k.region_id LIKE %(below)s ORDER BY k.id
"""
REPORTS = """
INSERT INTO dissemination_coverage (id, assignment_id, bulletin_id, channel, held_on, place, is_counted, heard_low, heard_high, questions,
  at, call_back, call_note)
SELECT md5(a.id::text || turn)::uuid, a.id, a.bulletin_id,
  (ARRAY['whatsapp', 'meeting', 'posyandu', 'loudspeaker', 'board', 'worship', 'visit'])[1 + (turn * 3 + c.luck) %% 7],
  a.spread_at::date, 'Balai desa', c.luck %% 5 = 0, a.heard_low / turn, a.heard_high / turn,
  CASE WHEN c.luck < 20 THEN 'Apakah boleh diwakilkan?' ELSE '' END, a.spread_at + turn * interval '1 minute',
  CASE WHEN c.luck > 243 THEN (ARRAY['drawn', 'confirmed', 'differs', 'unreached'])[1 + c.luck %% 4] ELSE '' END, ''
FROM dissemination_assignment a CROSS JOIN generate_series(1, 2) turn
CROSS JOIN LATERAL (SELECT ('x' || substr(md5(a.id::text || turn), 1, 2))::bit(8)::int AS luck) c
WHERE a.bulletin_id = %(bulletin)s AND a.spread_at IS NOT NULL AND (turn = 1 OR c.luck < 90)
"""


def send(order: Order, found: list[Share]) -> Iterator[Bulletin]:
    """Each packet with its copies, reports and tallies in one transaction; what is there already stays as it is."""
    for number, (code, days) in enumerate(_plan(found)):
        made = _bulletin(order, code, number, days)
        if not Bulletin.objects.filter(id=made.id).exists():
            with transaction.atomic():
                _write(made, order)
            yield made


def _plan(found: list[Share]) -> Iterator[tuple[str, int]]:
    """(place of the office, days ago)."""
    yield from ((codes.NATION, days) for days in NATIONAL)
    below = [code for code in officials.places(found) if code != codes.NATION]
    yield from ((code, 1 + 7 * number % 58) for number, code in enumerate(below))


def _bulletin(order: Order, code: str, number: int, days: int) -> Bulletin:
    sent = datetime.combine(order.day, time(2), UTC) - timedelta(days=days)
    topic = TOPICS[number % len(TOPICS)]
    made = UUID(made_id(phrases.chance_of(order.seed, f"packet/{code}/{days}"), sent))
    author = officials.officer_id(order, code)
    return Bulletin(
        id=made, region_id=code, agency="Kantor uji kecepatan", title=f"{topic} ({number + 1})", created_by_id=author,
        created_at=sent, edited_at=sent, issued_at=sent, issued_by_id=author, stage=Stage.ISSUED,
    )  # fmt: skip


def _write(made: Bulletin, order: Order) -> None:
    made.save(force_insert=True)
    Version.objects.create(
        bulletin=made, number=1, title=made.title, body="Isi paket untuk uji kecepatan.", points=["Gratis", "Hari kerja"],
        by_id=made.created_by_id, at=made.issued_at,
    )  # fmt: skip
    below = "%" if made.region_id == codes.NATION else f"{made.region_id}.%"
    values: dict[str, Any] = {"bulletin": str(made.id), "sent": made.issued_at, "below": below}
    values["until"] = datetime.combine(order.day, time(23), UTC)
    with connection.cursor() as cursor:
        cursor.execute(COPIES, values)
        copies = cursor.rowcount
        cursor.execute(REPORTS, values)
    Target.objects.create(
        bulletin=made, region_id=made.region_id, by_region_code=made.region_id, made=copies, done_at=made.issued_at
    )
    actions.recount(made.id)
