"""Fills the floor with the newest 10,000 articles of the nation that is measured; prints the addresses as JSON.

A smaller source is repeated until the number is reached, so that the floor always holds the same amount.
"""

import json
import os
import sys
from itertools import cycle, islice
from typing import Any

import psycopg
from django.contrib.postgres.search import SearchVector
from django.core.management import call_command
from django.db import connection
from django.utils.html import strip_tags
from django.utils.text import slugify

from floor.models import Group, Post, Region, Topic

AMOUNT, READ = 10_000, 200
NEWEST = """
SELECT a.title, a.gist, a.body, a.category, a.published_at, k.slug, k.name, k.about, p.code, p.display_name
FROM publishing_article a
JOIN registry_kim k ON k.id = a.kim_id
JOIN regions_region p ON p.code = left(a.region_id, 2)
WHERE a.stage = 'published' AND a.source_note <> 'Petugas pengukuran' ORDER BY a.published_at DESC, a.id DESC LIMIT %s
"""


def fill(address: str) -> None:
    """All rows anew, then what PostgreSQL wants to know of them."""
    with psycopg.connect(address) as source:
        rows = source.execute(NEWEST, [AMOUNT]).fetchall()
    topics = {row[3]: Topic(name=row[3].title(), slug=row[3]) for row in rows}
    regions = {row[8]: Region(name=row[9], slug=slugify(row[9])) for row in rows}
    Topic.objects.bulk_create(topics.values())
    Region.objects.bulk_create(regions.values())
    groups = {row[5]: Group(name=row[6], slug=row[5], about=row[7], region=regions[row[8]]) for row in rows}
    Group.objects.bulk_create(groups.values(), batch_size=1000)
    posts = (post(number, row, topics, regions, groups) for number, row in enumerate(islice(cycle(rows), AMOUNT)))
    Post.objects.bulk_create(posts, batch_size=1000)
    words = SearchVector("title", weight="A", config="indonesian") + SearchVector("body", config="indonesian")
    Post.objects.update(words=words)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def post(number: int, row: tuple[Any, ...], topics: dict, regions: dict, groups: dict) -> Post:
    title, gist, body, topic, published, group, _, _, region, _ = row
    return Post(
        slug=f"{slugify(title)[:90]}-{number}", title=title, gist=gist, body="\n\n".join(paragraphs(body)),
        topic=topics[topic], region=regions[region], group=groups[group], published=published,
    )  # fmt: skip


def paragraphs(body: str) -> list[str]:
    return [strip_tags(part).strip() for part in body.split("</p>") if strip_tags(part).strip()]


def addresses() -> dict[str, list[str]]:
    """What is asked for: 200 articles spread over all, and the region and group with the newest text."""
    slugs = list(Post.objects.order_by("-published", "-id").values_list("slug", flat=True))
    first = Post.objects.select_related("region", "group").get(slug=slugs[0])
    return {
        "home": ["/"],
        "article": [f"/kabar/{slug}/" for slug in slugs[:: max(1, len(slugs) // READ)][:READ]],
        "province": [f"/wilayah/{first.region.slug}/"],
        "kim": [f"/kim/{first.group.slug}/"],
    }


def main() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    if Post.objects.count() != AMOUNT:
        call_command("flush", interactive=False, verbosity=0)
        fill(os.environ["SOURCE_DATABASE"])
    json.dump(addresses(), sys.stdout)


if __name__ == "__main__":
    main()
