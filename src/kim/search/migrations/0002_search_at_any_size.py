"""One vector for words, place, kind and time, so that a search at any size is a few short walks along one index.

`search_vector` holds the stems of everything (title A, place and source B, body C), the names as they are written
(B), and marks that no query of a person can spell: `=article`, `@35`, `@35.02` … for the kind and the place, `~1.2345`
… for the stretches of time it lies in, each four times as long as the one before. `search_since` asks for the newest
two stretches of one length.
"""

import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Func

FUNCTIONS = """
CREATE FUNCTION search_vector(
  kind text, region text, at timestamptz, title text, source text, place text, body text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT setweight(to_tsvector('indonesian', title), 'A')
    || setweight(to_tsvector('indonesian', source || ' ' || place), 'B')
    || setweight(to_tsvector('simple', title || ' ' || source || ' ' || place), 'B')
    || setweight(to_tsvector('indonesian', body), 'C')
    || array_to_tsvector(ARRAY[
      '=' || kind, '@' || left(region, 2), '@' || left(region, 5), '@' || left(region, 8), '@' || region,
      '~1.' || floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / 7200)::int::text,
      '~2.' || floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / 28800)::int::text,
      '~3.' || floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / 115200)::int::text,
      '~4.' || floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / 460800)::int::text,
      '~5.' || floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / 1843200)::int::text,
      '~6.' || floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / 7372800)::int::text])
$$;
CREATE FUNCTION search_since(length int, at timestamptz) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT format('''~%s.%s'' | ''~%s.%s''', length, newest, length, newest - 1)::tsquery
  FROM (SELECT floor(extract(epoch FROM at - timestamptz '2000-01-01 00:00+00') / (7200 * 4 ^ (length - 1)))::int)
    AS stretch (newest)
$$;
"""
VECTOR = Func("kind", "region", "at", "title", "source", "place", "body", function="search_vector")


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial"), ("search", "0001_initial")]

    operations = [
        migrations.RemoveIndex("document", "document_vector"),
        migrations.RemoveIndex("document", "document_kind"),
        migrations.RemoveField("document", "vector"),
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION search_since; DROP FUNCTION search_vector"),
        migrations.AlterField(
            "document",
            "region",
            models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="regions.region"
            ),
        ),
        migrations.AlterField(
            "document",
            "name_key",
            models.CharField(db_collation="C", help_text="Search key of the title", max_length=300),
        ),
        migrations.AddField(
            "document",
            "vector",
            models.GeneratedField(
                db_persist=True,
                expression=VECTOR,
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex("document", GinIndex(fields=["vector"], name="document_vector", fastupdate=False)),
        migrations.AddIndex("document", models.Index("name_key", F("at").desc(), name="document_name")),
        migrations.AddIndex("document", models.Index(fields=["region"], name="document_place")),
    ]
