"""Somebody asks: joined to the same claim if there is one, else the beginning of a new one."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import F

from kim.accounts.actor import Actor
from kim.accounts.models import KIM_ROLES
from kim.clarification.actions.base import CHANGED, locked, open_round, record, root_locked
from kim.clarification.models import Claim, Clipping, Fingerprint, Medium, Report, Sighting
from kim.clarification.queries.near import nearest
from kim.doors.throttle import is_full, knock
from kim.kernel import clock, codes, fingerprint, personal, pictures, ticket, tone
from kim.kernel.results import NotAllowed
from kim.media import actions as media
from kim.media import queries as media_queries
from kim.media.models import Purpose, Upload

LOCK = 6_120_044  # the first half of the advisory locks of this module
NOTHING = "Tempel pesannya, tautannya, atau kirim foto atau rekamannya. Salah satu saja cukup."
OTHER_WORDS = "Pertanyaan ini sudah pernah dikirim dengan isi lain. Muat ulang halaman untuk bertanya lagi."
NOT_JOINED = "Pertanyaan ini memang punya klaim sendiri."
FULL = (
    "Hari ini sudah sangat banyak foto dan rekaman dikirim dari jaringan atau desa ini. Hapus lampirannya dan kirim teks atau "
    "tautannya saja, atau coba lagi besok."
)
LONGEST = 4000
DAY = timedelta(days=1)
# Kilobytes of new files that strangers may send in a day: some hundred photos of one line, some thousand of one village.
OF_LINE, OF_VILLAGE, OF_WIDER_PLACE, LITTLE = 120 * 1024, 500 * 1024, 5000 * 1024, 5 * 1024
ENDLESS = 2**31 - 1
Prints = list[tuple[str, int]]


class TooMuch(NotAllowed):
    """No more files are taken from strangers today; the message says what still is."""


@transaction.atomic
def ask(
    report_id: UUID,
    *,
    region_code: str = codes.NATION,
    text: str = "",
    link: str = "",
    photo: UploadedFile | None = None,
    voice: UploadedFile | None = None,
    line: str = "",
    actor: Actor,
) -> Report:
    """Take in what somebody doubts, by an id made where it was written: sent twice, kept once.

    `line` is the mark of where it came from (doors.throttle), for what strangers may send in a day. Raises media's BadFile
    for a photo or a recording that is none, and TooMuch when no more files are taken today; words always are.
    """
    text, link = personal.without_identity(text.strip())[:LONGEST], link.strip()[:500]
    if not (text or link or photo or voice):
        raise NotAllowed(NOTHING)
    digest = _digest(text, link, photo, voice)
    _wait_for(report_id.int)
    known = Report.objects.filter(id=report_id).first()
    if known is not None:
        return _same(known, digest)
    report = Report(id=report_id, region_id=region_code, text=text, link=link, digest=digest, person_id=actor.person_id)
    while Report.objects.filter(number=report.number).exists():
        report.number = ticket.new_number()
    report.kim_id = actor.kim_id if actor.wears(*KIM_ROLES) else None
    report.is_threat, report.is_only_links = tone.is_threat(text), tone.is_only_links(f"{text} {link}")
    brought = {of: one for of, one in ((Purpose.REPORT, photo), (Purpose.FORWARDED, voice)) if one is not None}
    stored = _stored(brought)
    fresh = sum(max(1, (one.size or 0) // 1024) for of, one in brought.items() if stored[of] is None)
    is_weighed = bool(fresh) and actor.person_id is None
    if is_weighed:
        _demand_room(region_code, line)
    kept = {of: stored[of] or _store(one, of, actor, region_code) for of, one in brought.items()}
    report.photo, report.voice = kept.get(Purpose.REPORT), kept.get(Purpose.FORWARDED)
    _put(report, list(_prints(text, link, photo, voice)), actor)
    if is_weighed:
        _weigh(fresh, region_code, line)  # last, so that nobody waits for the bucket while files are made small
    return report


def _same(known: Report, digest: str) -> Report:
    if known.digest != digest:
        raise NotAllowed(OTHER_WORDS)
    return known


def _digest(text: str, link: str, *files: UploadedFile | None) -> str:
    parts = [text.encode(), link.encode(), *(_bytes(file) for file in files)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _bytes(file: UploadedFile | None) -> bytes:
    """What a file holds; it can be read again afterwards."""
    if file is None:
        return b""
    file.seek(0)
    data = file.read()
    file.seek(0)
    return data


def _stored(brought: Mapping[Purpose, UploadedFile]) -> dict[Purpose, Upload | None]:
    """Of each file the upload with the same bytes that is kept already. Who brings the same at the same moment waits."""
    digests = {of: hashlib.sha256(_bytes(one)).hexdigest() for of, one in brought.items()}
    for number in sorted(int(digest[:8], 16) for digest in digests.values()):
        _wait_for(number)
    return {of: media_queries.stored_before(digest, of) for of, digest in digests.items()}


def _store(file: UploadedFile, purpose: Purpose, actor: Actor, region_code: str) -> Upload:
    """Without the name it came with: that may be somebody's."""
    file.name = str(purpose.label)
    return media.store(file, purpose=purpose, actor=actor, region_code=region_code)


def _buckets(region_code: str, line: str) -> tuple[str, str, int]:
    """Of this line (at this place), of this place, and how much the place takes from everybody."""
    is_village = codes.level(region_code) is codes.Level.VILLAGE
    return f"kiriman:{line}", f"kiriman-tempat:{region_code}", OF_VILLAGE if is_village else OF_WIDER_PLACE


def _demand_room(region_code: str, line: str) -> None:
    """A line has its ceiling; once a place is full, lines that sent little today still come through."""
    of_line, of_place, most = _buckets(region_code, line)
    is_spent = is_full(of_line, limit=OF_LINE)
    if is_spent or (is_full(of_place, limit=most) and is_full(of_line, limit=LITTLE)):
        raise TooMuch(FULL)


def _weigh(kilobytes: int, region_code: str, line: str) -> None:
    of_line, of_place, _ = _buckets(region_code, line)
    for bucket in (of_line, of_place):
        knock(bucket, limit=ENDLESS, per=DAY, weight=kilobytes)


def _prints(text: str, link: str, photo: UploadedFile | None, voice: UploadedFile | None) -> Iterator[tuple[str, int]]:
    """What it can be known by again, the surest first. A few words count where no file says more, a link where nothing does."""
    said = fingerprint.words(text)
    near = fingerprint.of_text(text)
    if near is not None:
        yield Medium.TEXT, near
    elif said and photo is None and voice is None:
        yield Medium.WORDS, fingerprint.of_bytes(" ".join(said).encode())
    if photo is not None:
        seen = fingerprint.of_picture(pictures.open_upright(_bytes(photo)))
        yield from [(Medium.PICTURE, seen)] if seen is not None else []
    if voice is not None:
        yield Medium.VOICE, fingerprint.of_bytes(_bytes(voice))
    if not said:
        addresses = [link, *fingerprint.links(text)] if link else fingerprint.links(text)
        yield from ((Medium.LINK, code) for code in map(fingerprint.of_link, addresses[:3]) if code is not None)


def _wait_for(number: int) -> None:
    """Until nobody else is at this number: the same form, or the same words, sent at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, number & 0x7FFFFFFF])


def _put(report: Report, prints: Prints, actor: Actor) -> None:
    """To the nearest claim, or to one of its own; who asks the same at the same moment waits for the other."""
    clippings = fingerprint.clippings(report.text)
    for number in sorted({fingerprint.bands(code)[0] for code in (*(code for _, code in prints), *clippings)}):
        _wait_for(number)
    found = nearest(prints, report.text)
    claim = root_locked(found) if found else _begin(prints, report.text)
    if found and claim.id != found:  # it turned out to be another one
        report.folded_from_id = found
    report.claim = claim
    report.save(force_insert=True)
    _count(claim, report.region_id, 1)
    record("claim.joined" if found else "claim.asked", claim, actor, region=report.region_id, kim_id=report.kim_id)
    if claim.is_public:
        open_round(claim)  # its village may not have heard the answer yet


def _begin(prints: Prints, text: str) -> Claim:
    """A new claim is known by what it was first asked as; later ones never widen that, so nobody can bend it step by step."""
    claim = Claim.objects.create()
    Fingerprint.objects.bulk_create(
        [Fingerprint.of(claim, medium, code, text) for medium, code in dict.fromkeys(prints)]
    )
    Clipping.objects.bulk_create([Clipping(claim=claim, code=code) for code in fingerprint.clippings(text)])
    return claim


def _count(claim: Claim, region_code: str, more: int) -> None:
    now = clock.now()
    claim.reports_count, claim.heard_at = claim.reports_count + more, now
    claim.save(update_fields=["reports_count", "heard_at"])
    for code in codes.chain(region_code):
        _count_in(claim, code, more, now)


def _count_in(claim: Claim, code: str, more: int, now: datetime) -> None:
    here, is_new = Sighting.objects.get_or_create(
        claim=claim, region_id=code, defaults={"stage": claim.stage, "reports_count": more, "heard_at": now}
    )
    if not is_new:
        Sighting.objects.filter(pk=here.pk).update(reports_count=F("reports_count") + more, heard_at=now)


@transaction.atomic
def part(report_id: UUID, *, actor: Actor) -> Report:
    """Whoever asked says that the claim found for them is another one: theirs begins anew, once, however often it is said."""
    claim = locked(
        Report.objects.values_list("claim_id", flat=True).get(id=report_id)
    )  # as everybody: the claim, then its reports
    report = Report.objects.select_for_update(of=("self",)).get(id=report_id)
    if report.claim_id != claim.id:
        raise NotAllowed(CHANGED)
    if report.is_parted:
        return report
    if not claim.reports.exclude(id=report.id).exists():
        raise NotAllowed(NOT_JOINED)
    _count(claim, report.region_id, -1)
    claim.sightings.filter(reports_count=0).delete()
    prints = [(medium, code) for medium, code in _prints(report.text, report.link, None, None)]
    report.claim, report.folded_from, report.is_parted = _begin(prints, report.text), None, True
    report.save(update_fields=["claim", "folded_from", "is_parted"])
    _count(report.claim, report.region_id, 1)
    record("claim.parted", report.claim, actor, region=report.region_id, other=str(claim.id))
    return report
