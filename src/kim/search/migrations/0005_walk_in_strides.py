"""The walk of a search goes back through time stretch by stretch, each as long as what was found so far suggests.

It used to begin at the newest thing again and again, with a stretch four times as long: a rare word was asked for seven
times, and after a quiet week a common one had a whole month read only to be sorted. Now a stretch begins where the last
one ended, at the next thing there is; where little was found the next is longer, but no longer than is likely needed.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION search_begin(length int, at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT timestamptz '2000-01-01 00:00+00' + make_interval(secs =>
    (floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / (7200 * 4 ^ (length - 1))) - 1)::float8
    * 7200 * 4 ^ (length - 1))
$$;
CREATE OR REPLACE FUNCTION search_newest(
  asked tsquery, of_kind text, is_few boolean, newest timestamptz, shortest int, most int
) RETURNS TABLE (key varchar, at timestamptz, vector tsvector) LANGUAGE plpgsql STABLE ROWS 150 AS $$
DECLARE
  here tsquery;
  length int := shortest;
  since timestamptz := newest;  -- of the newest thing that was not looked at yet
  before timestamptz := 'infinity';  -- everything from here on was looked at
  found int := 0;
  many int;
BEGIN
  WHILE since IS NOT NULL LOOP
    here := asked;
    IF length < 7 THEN here := here && search_since(length, since); END IF;
    IF is_few THEN
      RETURN QUERY SELECT d.key, d.at, d.vector FROM (
        SELECT e.key, e.at, e.vector FROM search_document e
        WHERE e.vector @@ here AND NOT e.kind = 'article' AND e.at + interval '0' < before LIMIT 1500) d
        ORDER BY d.at DESC LIMIT most - found;
    ELSE
      -- the sums keep it from walking all things by their age
      RETURN QUERY SELECT d.key, d.at, d.vector FROM search_document d
        WHERE d.vector @@ here AND (of_kind IS NULL OR d.kind = of_kind) AND d.at + interval '0' < before
        ORDER BY d.at + interval '0' DESC LIMIT most - found;
    END IF;
    GET DIAGNOSTICS many = ROW_COUNT;
    found := found + many;
    EXIT WHEN found >= most OR length >= 7;
    before := search_begin(length, since);
    SELECT d.at INTO since FROM search_document d WHERE d.at < before ORDER BY d.at DESC LIMIT 1;
    length := least(7, greatest(shortest, length + CASE WHEN many = 0 THEN 2
      ELSE floor(ln((most - found)::float8 / many) / ln(4))::int END));
  END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0004_newest_matches")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION search_begin")]
