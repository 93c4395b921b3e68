"""The two registers of every desk, numbered as the law wants it: from the requests for information that were loaded.

A body counts its own numbers, and portions are written side by side; so the registers are made afterwards, in one statement each.
"""

from django.db import connection, transaction

# Of a hundred requests a desk took up sixty stand in its register; most are decided when they are answered.
REQUESTS = """
INSERT INTO aspirations_informationrequest (id, aspiration_id, body_code, agency_id, year, sequence, purpose, wants_copy,
  registered_at, due_at, extension_reason, decision, ground, decided_at)
SELECT md5('request' || a.id)::uuid, a.id, a.holder_code, a.holder_agency_id, y.year,
  row_number() OVER (PARTITION BY a.desk, y.year ORDER BY a.received_at, a.id), 'Keperluan warga (contoh)', c.luck % 3 > 0,
  a.received_at, a.received_at + interval '14 days', '',
  CASE WHEN a.answered_at IS NULL THEN '' ELSE (ARRAY['granted', 'granted', 'granted', 'partly', 'refused', 'absent'])[1 + c.luck % 6] END,
  CASE WHEN a.answered_at IS NOT NULL AND c.luck % 6 IN (3, 4) THEN 'Pasal 17 (contoh)' ELSE '' END, a.answered_at
FROM aspirations_aspiration a
CROSS JOIN LATERAL (SELECT ('x' || left(md5(a.id::text), 2))::bit(8)::int AS luck) c
CROSS JOIN LATERAL (SELECT extract(year FROM a.received_at AT TIME ZONE 'Asia/Jakarta')::smallint AS year) y
WHERE a.kind = 'request' AND a.is_demo AND a.stage IN ('handled', 'asked', 'answered', 'closed') AND c.luck < 154
ON CONFLICT DO NOTHING
"""
# One in twelve of what was not granted is objected to; half of that has its reply.
OBJECTIONS = """
INSERT INTO aspirations_objection (id, request_id, reason, text, sequence, filed_at, due_at, reply, replied_at)
SELECT md5('objection' || r.id)::uuid, r.id, 'a', 'Keberatan untuk uji.',
  row_number() OVER (PARTITION BY r.body_code, r.agency_id ORDER BY r.decided_at, r.id), r.decided_at + interval '1 hour',
  r.decided_at + interval '43 days', CASE WHEN c.is_old THEN 'Tanggapan untuk uji.' ELSE '' END,
  CASE WHEN c.is_old THEN r.decided_at + interval '20 days' END
FROM aspirations_informationrequest r JOIN aspirations_aspiration a ON a.id = r.aspiration_id
CROSS JOIN LATERAL (SELECT r.decided_at < now() - interval '60 days' AS is_old) c
WHERE a.is_demo AND r.decision IN ('partly', 'refused', 'absent') AND right(r.id::text, 1) IN ('0', '7')
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def fill() -> int:
    """Both registers; what stands there already stays as it is. Returns how many entries are new."""
    with connection.cursor() as cursor:
        cursor.execute(REQUESTS)
        number = cursor.rowcount
        cursor.execute(OBJECTIONS)
        return number + cursor.rowcount
