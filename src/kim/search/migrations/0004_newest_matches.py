"""The newest matches, stretch by stretch until there are enough: a function, so that PostgreSQL plans its question once.

`of_kind` is looked at on the row; a kind that few things are is better asked for by its mark, in `asked`.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION search_newest(asked tsquery, of_kind text, newest timestamptz, shortest int, most int)
RETURNS TABLE (key varchar, at timestamptz, vector tsvector) LANGUAGE plpgsql STABLE ROWS 150 AS $$
DECLARE
  here tsquery;
  looked_through tsquery;
  found int := 0;
  many int;
BEGIN
  FOR length IN shortest .. 7 LOOP
    here := asked;
    IF length < 7 THEN here := here && search_since(length, newest); END IF;
    IF looked_through IS NOT NULL THEN here := here && !!looked_through; END IF;
    RETURN QUERY SELECT d.key, d.at, d.vector FROM search_document d
      WHERE d.vector @@ here AND (of_kind IS NULL OR d.kind = of_kind)
      ORDER BY d.at + interval '0' DESC LIMIT most - found;  -- the sum keeps it from walking all things by their age
    GET DIAGNOSTICS many = ROW_COUNT;
    found := found + many;
    EXIT WHEN found >= most;
    looked_through := search_since(length, newest);
  END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_newest_of_a_kind")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION search_newest")]
