"""The walk of a search takes longer strides where little was found, so that a rare word is not asked for seven times.

From what the stretches so far held it follows how long the next one has to be for the whole amount; it is never longer
than that, for a stretch too long is read whole only to be sorted.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION search_newest(
  asked tsquery, of_kind text, is_few boolean, newest timestamptz, shortest int, most int
) RETURNS TABLE (key varchar, at timestamptz, vector tsvector) LANGUAGE plpgsql STABLE ROWS 150 AS $$
DECLARE
  here tsquery;
  looked_through tsquery;
  length int := shortest;
  stride int;
  found int := 0;
  many int;
BEGIN
  LOOP
    here := asked;
    IF length < 7 THEN here := here && search_since(length, newest); END IF;
    IF looked_through IS NOT NULL THEN here := here && !!looked_through; END IF;
    IF is_few THEN
      RETURN QUERY SELECT d.key, d.at, d.vector FROM (
        SELECT e.key, e.at, e.vector FROM search_document e
        WHERE e.vector @@ here AND NOT e.kind = 'article' LIMIT 1500) d
        ORDER BY d.at DESC LIMIT most - found;
    ELSE
      RETURN QUERY SELECT d.key, d.at, d.vector FROM search_document d
        WHERE d.vector @@ here AND (of_kind IS NULL OR d.kind = of_kind)
        ORDER BY d.at + interval '0' DESC LIMIT most - found;  -- the sum keeps it from walking all things by their age
    END IF;
    GET DIAGNOSTICS many = ROW_COUNT;
    found := found + many;
    EXIT WHEN found >= most OR length >= 7;
    looked_through := search_since(length, newest);
    stride := CASE WHEN found = 0 THEN 2 ELSE greatest(1, floor(ln(most::float8 / found) / ln(4))::int) END;
    length := least(7, length + stride);
  END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_newest_matches")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
