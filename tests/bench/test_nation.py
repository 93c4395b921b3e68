"""The nation of the benchmarks: the same for the same order, exactly once, right in every counter, and gone without a trace."""

import itertools
import re
from statistics import mean

import pytest
from django.core.management import call_command
from django.db import connection

from kim.accounts import demo as keys
from kim.accounts.models import Agency, Mandate, Person
from kim.aspirations import actions as aspirations
from kim.aspirations import policies, queries
from kim.aspirations.models import Aspiration, Handling, InformationRequest, Theme
from kim.aspirations.models import Tally as DeskTally
from kim.aspirations.policies import Desk
from kim.aspirations.workflow import OPEN_STAGES, Ending, Stage
from kim.bench import aside, book, crew, grammar, officials, phrases, plan, readers, tables
from kim.clarification.models import Answer, Claim, Fingerprint, Handout, Report, Sighting
from kim.clarification.queries.near import nearest
from kim.dissemination import queries as dissemination
from kim.dissemination.models import PACKETS, Assignment, Bulletin, Coverage, Tally
from kim.evaluation import actions as evaluation
from kim.evaluation.models import Figure
from kim.kernel import clock, codes, fingerprint, text, ticket
from kim.kernel.results import NotAllowed
from kim.ledger.models import Dispatch, Entry
from kim.media.models import Upload
from kim.moderation.models import Case
from kim.publishing.models import Article, Correction, Revision
from kim.regions.data import pack
from kim.registry.models import Kim, Member
from kim.search import actions as search
from kim.search.models import Document
from kim.spreading.actions.counting import COUNTS
from kim.web.actions import index_kim
from regions.factories import plant
from registry.factories import kim as found_kim

whole = pytest.mark.django_db(transaction=True)
TEXTS = 60


@pytest.fixture
def kecamatan(settings, monkeypatch):
    """The villages of Ngebel, written in portions of a few texts; whatever a test leaves is put right."""
    settings.KIM_DEMO = True
    monkeypatch.setattr(plan, "PORTION", 25)
    villages = [code for code in pack.read().names if code.startswith("35.02.19.")]
    plant(*villages)
    yield villages
    if book.exists():
        list(aside.restore())
        book.forget()


def load(jobs: int = 1, seed: int = 7) -> None:
    call_command("bench", "load", f"--articles={TEXTS}", f"--seed={seed}", f"--jobs={jobs}", "--photos=1")


def remove() -> None:
    call_command("bench", "remove", "--jobs=1")


def indexes() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname")
        kept = cursor.fetchall()
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        return [tuple(_plainly(words) for words in row) for row in kept + cursor.fetchall()]


def _plainly(words: str) -> str:
    """A definition without casts and brackets: the same list of values is printed in two ways."""
    return re.sub(r"::character varying|::text|\[\]|[()]", "", words)


def prints() -> dict[str, str]:
    """A fingerprint of everything that was loaded, table by table; numbers the database counts itself left out."""
    found = {}
    with connection.cursor() as cursor:
        for model in tables.GIVEN:
            is_counted = model._meta.pk.get_internal_type().endswith("AutoField")
            row = f"(to_jsonb(t) - '{model._meta.pk.column}')" if is_counted else "t"
            cursor.execute(
                f"SELECT md5(string_agg({row}::text, '' ORDER BY {row}::text)) FROM {model._meta.db_table} t"
            )
            found[model.__name__] = cursor.fetchone()[0]
    return found


@whole
def test_it_loads_whole_and_right_and_every_page_opens(kecamatan, client):
    before = indexes()
    load()
    assert Kim.objects.filter(is_demo=True).count() == len(kecamatan) and indexes() == before
    assert Member.objects.count() == 12 * len(kecamatan) and not Dispatch.objects.exists()
    assert Article.objects.count() == Entry.objects.filter(verb="article.published").count() == TEXTS
    assert Revision.objects.count() == TEXTS + Correction.objects.count()
    assert evaluation.compare() == {} and Figure.objects.get(region_id="ID").articles == TEXTS
    for kim in Kim.objects.all():
        assert kim.published_count == kim.articles.count()
        newest = kim.articles.order_by("-published_at").first()
        assert kim.last_news_at == (newest and newest.published_at)
    for article in Article.objects.select_related("kim", "region"):
        assert client.get(article.get_absolute_url()).status_code == 200
    for address in {*readers.addresses(book.note()["wish"], 60, 1)}:
        assert client.get(address).status_code == 200, address


@whole
def test_search_knows_what_the_product_would_have_told_it(kecamatan):
    load()
    before = {row["key"]: row for row in Document.objects.values()}
    for entry in Entry.objects.filter(verb="kim.approved"):
        index_kim(entry)
    for article in Article.objects.select_related("kim", "region"):
        search.index(
            key=article.key, kind="article", region=article.region, title=article.title,
            body=f"{article.gist}\n{article.body}", summary=article.points[0], source=article.kim.name,
            url=article.get_absolute_url(), at=article.published_at,
        )  # fmt: skip
    assert {row["key"]: row for row in Document.objects.values()} == before


@whole
def test_it_is_the_same_after_a_cut_and_with_two_processes(kecamatan, monkeypatch):
    load()
    first = prints()
    remove()
    turns, send = itertools.count(), tables.Table.write

    def cut(self: tables.Table) -> int:
        if next(turns) == 40:  # in the middle of the second portion
            raise KeyboardInterrupt
        return send(self)

    monkeypatch.setattr(tables.Table, "write", cut)
    with pytest.raises(KeyboardInterrupt):
        load()
    assert book.progress()["portions"] == 1 and aside.left()
    monkeypatch.setattr(tables.Table, "write", send)
    crew.run("fill", 2, lambda: None)
    load()
    assert prints() == first
    with pytest.raises(Exception, match="bench remove"):
        load(seed=8)


def packets() -> dict[str, list]:
    """What lies of every packet, but the moment it was counted at."""
    return {
        "copies": list(Assignment.objects.order_by("id").values_list()),
        "reports": list(Coverage.objects.order_by("id").values_list()),
        "tallies": list(
            Tally.objects.order_by("bulletin_id", "region_id").values_list(
                "bulletin_id", *COUNTS, *PACKETS.counts, "days"
            )
        ),
    }


@whole
def test_packets_are_on_their_way_to_every_kim_and_the_same_each_time(kecamatan):
    load()
    first, kims = packets(), Kim.objects.count()
    assert list(Bulletin.objects.order_by("region_id").values_list("region_id", flat=True)) == [
        "35",
        "35.02",
        *["ID"] * 4,
    ]
    assert (
        len(first["copies"]) == 6 * kims
        and Coverage.objects.count() >= Assignment.objects.filter(step="spread").count()
    )
    for packet in Bulletin.objects.prefetch_related("targets"):
        assert packet.targets.get().made == kims and dissemination.reach(packet, "ID").tally.sent == kims
    call_command("bench", "packets")
    assert packets() == first
    remove()
    assert packets() == {"copies": [], "reports": [], "tallies": []} and not Bulletin.objects.exists()
    load()
    assert packets() == first


@whole
def test_removing_leaves_what_came_from_elsewhere_and_nothing_else(kecamatan):
    before = indexes()
    load()
    order = book.note()["wish"]
    rows = list(officials.sign_ins(order, plan.shares(order), 3))
    assert [row.role for row in rows] == ["national", "province", "regency", "village", "board", "board", "board"]
    assert Person.objects.filter(phone__isnull=False).first().check_pin(keys.PIN)
    own = found_kim(kecamatan[0], registry_number="KIM-LAIN")
    remove()
    assert list(Kim.objects.all()) == [own] and Figure.objects.get(region_id="ID").kims == 1
    left = (
        Aspiration,
        Handling,
        DeskTally,
        Theme,
        InformationRequest,
        Agency,
        Claim,
        Report,
        Sighting,
        Fingerprint,
        Case,
    )
    for model in (Article, Revision, Member, Document, Entry, Mandate, Person, Upload, *left):
        assert not model.objects.exists(), model
    assert indexes() == before and not book.exists()


@whole
def test_voices_go_the_way_the_product_lets_them_go(kecamatan, monkeypatch, client):
    monkeypatch.setattr(plan, "A_MONTH", 400_000)
    load()
    order, voices = (
        book.note()["wish"],
        list(Aspiration.objects.select_related("region").prefetch_related("handlings", "answers")),
    )
    assert len(voices) == sum(share.voices for share in plan.shares(order)) > 400
    assert {voice.stage for voice in voices} >= {
        Stage.CLOSED,
        Stage.ANSWERED,
        Stage.HANDLED,
        Stage.DISMISSED,
        Stage.MERGED,
    }
    for voice in voices:
        stays, last = list(voice.handlings.all()), voice.handlings.all()[len(voice.handlings.all()) - 1]
        desks = [Desk(stay.holder_code, stay.agency_id) for stay in stays]
        assert desks[-1] == policies.desk_of(voice) and voice.is_demo and ticket.read(voice.number)
        assert [stay.until is None for stay in stays] == [False] * (len(stays) - 1) + [last.until is None]
        assert (last.until is None) == (voice.stage in OPEN_STAGES) and bool(last.ending) == (last.until is not None)
        for one, other, stay in zip(desks, desks[1:], stays, strict=False):
            assert one == other or policies.can_go(voice.region_id, one, other) or stay.ending == Ending.OVERDUE
        assert bool(voice.answered_at) == any(stay.ending == Ending.ANSWERED for stay in stays)
        assert not voice.is_public or (voice.public_text == voice.text and not voice.is_confidential)
        assert all(
            moment is None or moment <= order.end for moment in (voice.received_at, voice.answered_at, voice.closed_at)
        )
        assert voice.merged_into_id is None or voice.merged_into.region_id == voice.region_id
    assert (
        Entry.objects.filter(verb="aspiration.answered").count()
        == Handling.objects.filter(ending=Ending.ANSWERED).count()
    )
    shown = [voice for voice in voices if voice.is_public][:8]
    for path in ("/aspirasi/wilayah/35.02/", "/aspirasi/angka/35.02/", *(f"/lacak/{voice.number}/" for voice in shown)):
        assert client.get(path).status_code == 200, path
    assert queries.tracked(voices[0].number, keys.PIN) == voices[0]


@whole
def test_what_is_counted_of_voices_is_what_the_product_counts(kecamatan, monkeypatch):
    monkeypatch.setattr(plan, "A_MONTH", 400_000)
    load()
    kept = sorted(
        Theme.objects.values_list("place_code", "above_code", "month", "category", "voices", "supporters", "answered")
    )
    cells = {(row[0], row[2]) for row in kept if len(row[0]) == 13}
    Theme.objects.all().delete()
    aspirations.recount_themes(cells)
    names = ("place_code", "above_code", "month", "category", "voices", "supporters", "answered")
    assert kept == sorted(Theme.objects.values_list(*names))
    assert (
        sum(row.answered for row in DeskTally.objects.all()) == Handling.objects.filter(ending=Ending.ANSWERED).count()
    )
    numbers = InformationRequest.objects.values_list("body_code", "agency_id", "year", "sequence")
    assert len(numbers) == len(set(numbers)) and numbers.filter(sequence=1).exists()


@whole
def test_claims_are_found_again_and_counted_in_every_place(kecamatan, monkeypatch):
    monkeypatch.setattr(plan, "CLAIMS", 1_200_000)
    load()
    assert Claim.objects.count() == sum(share.claims for share in plan.shares(book.note()["wish"])) > 80
    for claim in Claim.objects.prefetch_related("reports", "sightings"):
        assert claim.reports.count() == claim.reports_count == claim.sightings.get(region_id=codes.NATION).reports_count
        assert claim.heard_at == max(report.at for report in claim.reports.all())
        text = claim.reports.all()[0].text
        said = fingerprint.of_text(text)
        assert said is not None and nearest([("text", said)], text) is not None
    told = Claim.objects.exclude(verdict="")
    assert told.count() == Answer.objects.count() == told.values("code").distinct().count() > 40
    assert Document.objects.filter(kind="clarification").count() == Claim.objects.filter(stage="answered").count()
    assert Handout.objects.values("claim").distinct().count() == told.count()


@pytest.mark.django_db
def test_it_never_stands_beside_real_people_or_other_kim(settings):
    settings.KIM_DEMO = True
    plant("35.02.19.2007")
    found_kim("35.02.19.2007")
    with pytest.raises(Exception, match="kosong"):
        load()
    Person.objects.create(name="Orang Sungguhan", phone="+6281311112222")
    with pytest.raises(Exception, match="sungguhan"):
        load()
    assert not book.exists()


def test_texts_are_varied_whole_and_of_the_length_of_village_news():
    scene = phrases.Scene(dict.fromkeys(grammar.OF_PLACE, "Contoh"), ("Sahang", "Ngrogung"), ("Dusun Krajan",))
    chance = phrases.chance_of(1, "texts").random
    stories = [phrases.tell(scene, clock.today(), chance) for _ in range(600)]
    assert all(story.plain == text.plain("\n".join([*story.points, story.body])) for story in stories)
    assert not [story for story in stories if re.search(r"[{}|*]", story.title + story.plain)]
    assert 150 <= mean(len(story.plain.split()) for story in stories) <= 200
    assert len({word for story in stories for word in re.findall(r"[a-z]+", story.plain.lower())}) > 1800
    assert len({story.category for story in stories}) == 13


@pytest.mark.django_db
def test_a_smaller_share_lies_in_a_larger_one_and_few_write_much():
    plant(*itertools.islice((code for code in pack.read().names if len(code) == 13), 400))
    half, all_of_it = (plan.shares(plan.Order(share, 4000, 7, "2026-11-22")) for share in (0.5, 1.0))
    assert len(half) == 200 and {share.code for share in half} < {share.code for share in all_of_it}
    numbers = sorted((share.articles for share in all_of_it), reverse=True)
    assert sum(numbers) == 4000 and numbers.count(0) > 100 and sum(numbers[:40]) > 1600
    assert next(plan.portions(all_of_it)).first == 0
    with pytest.raises(NotAllowed):
        plan.shares(plan.Order(1.0, 10, 7, "2026-11-22", ("salah",)))
