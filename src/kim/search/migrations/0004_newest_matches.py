"""The newest matches, stretch by stretch until there are enough: a function, so that PostgreSQL plans its questions once.

The kinds that few things are (a KIM, not a text) have a small index of their own: among a million texts PostgreSQL would
read the whole list of a common word only to find that no KIM has it. `is_few` says that one of them is asked for; a mark
in `asked` says which. A word that stands in every KIM does not bring all of them: of one stretch 1,500 are looked at.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

FUNCTION = """
CREATE FUNCTION search_newest(
  asked tsquery, of_kind text, is_few boolean, newest timestamptz, shortest int, most int
) RETURNS TABLE (key varchar, at timestamptz, vector tsvector) LANGUAGE plpgsql STABLE ROWS 150 AS $$
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
    EXIT WHEN found >= most;
    looked_through := search_since(length, newest);
  END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_newest_of_a_kind")]

    operations = [
        migrations.AddIndex(
            "document",
            GinIndex(fields=["vector"], name="document_few", fastupdate=False, condition=~models.Q(kind="article")),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION search_newest"),
    ]
