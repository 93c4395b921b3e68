"""Prints as JSON what a storm needs: decided drafts with numbered titles, texts to correct, and the pages they show on."""

import argparse
import json
import sys
from typing import Any

from inside import addresses, drafts, people
from kim.accounts.models import Mandate
from kim.publishing.models import Article
from kim.registry.models import Kim

CORRECTED = 4


def boards(places: dict[str, str]) -> list[Mandate]:
    """Boards inside the watched regency first, then those elsewhere in the country."""
    found = people.boards()
    near = [hat for hat in found if hat.region_id.startswith(places["regency"])]
    return [*near, *(hat for hat in found if hat not in near)]


def texts_to_correct(hats: list[Mandate]) -> list[dict[str, str]]:
    """Published texts of these boards, with their addresses."""
    found = []
    for hat in hats[:CORRECTED]:
        rows = Article.objects.filter(kim_id=hat.kim_id, stage="published").select_related("kim", "region")
        article = rows.order_by("-published_at", "-id").first()
        if article is not None:
            found.append({"id": str(article.id), "hat": str(hat.id), "url": article.get_absolute_url()})
    return found


def lists(hat: Mandate) -> dict[str, str]:
    """The pages that show what this board publishes: its own, and those of every place above it."""
    code = hat.region_id
    return {
        "home": "/",
        "province": f"/wilayah/{code[:2]}/",
        "regency": f"/wilayah/{code[:5]}/",
        "village": f"/wilayah/{code}/",
        "kim": f"/{Kim.objects.get(id=hat.kim_id).slug}/",
    }


def cast(count: int, storm: str) -> dict[str, Any]:
    """The whole cast. Every tenth draft belongs to the watched KIM, the rest is dealt out over the country."""
    drafts.forget()
    hats = boards(addresses.busiest())
    others = hats[1:]
    order = [others[number % len(others)] if number % 10 else hats[0] for number in range(count)]
    titles = [f"Badai {storm}-{number:05d} melanda papan kabar" for number in range(count)]
    made = drafts.prepare(order, titles)
    for number, one in enumerate(made):
        one |= {"number": number, "hat": str(order[number].id)}
    return {"drafts": made, "corrected": texts_to_correct(hats), "lists": lists(hats[0])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, required=True)
    parser.add_argument("--storm", required=True)
    options = parser.parse_args()
    json.dump(cast(options.drafts, options.storm), sys.stdout)


if __name__ == "__main__":
    main()
