"""An index of its own for the kinds that few things are: a KIM is not looked for among a million texts.

`is_few` says that the kind asked for is one of them; PostgreSQL then sees that the small index holds all it may find.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

DROP = "DROP FUNCTION search_newest"
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
      RETURN QUERY SELECT d.key, d.at, d.vector FROM search_document d
        WHERE d.vector @@ here AND NOT d.kind = 'article'
        ORDER BY d.at + interval '0' DESC LIMIT most - found;
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
    dependencies = [("search", "0004_newest_matches")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("kind", "article"), _negated=True),
                fastupdate=False,
                fields=["vector"],
                name="document_few",
            ),
        ),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTION, DROP),
    ]
