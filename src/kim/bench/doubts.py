"""What the people of a village doubted in a year: claims with their reports, what KIM found out, and the offices' answers.

A claim is asked about first in its own village, then in neighbouring ones, and a few go round the whole country.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from random import Random
from typing import NamedTuple
from uuid import UUID

from kim.bench import officials, phrases
from kim.bench.news import YEAR, short_code
from kim.bench.plan import Order, Share
from kim.bench.speech import Speaker
from kim.bench.tables import NULL, Tables, as_json
from kim.bench.village import Settled, kim_ids, made_id
from kim.bench.voices import number_of
from kim.clarification.models import (
    Answer,
    Check,
    CheckPoint,
    Claim,
    Clipping,
    Fingerprint,
    Found,
    Handout,
    Report,
    Round,
    Sighting,
    Verdict,
)
from kim.clarification.workflow import Stage
from kim.kernel import codes, fingerprint, text
from kim.ledger.models import Entry
from kim.search.models import Document, name_key

MOST = 1000  # reports of one claim: as many tickets are kept for each
VIRAL, WIDE = 0.004, 250  # such a share goes round the country, and is asked about in up to so many villages
AGAIN = 0.35  # is asked about in a neighbouring village too, and so on
FATES = (
    (Stage.ANSWERED, 0.7), (Stage.SET_ASIDE, 0.8), (Stage.WITHDRAWN, 0.81), (Stage.SENT, 0.87), (Stage.CHECKED, 0.92), (Stage.ASKED, 1.01),
)  # fmt: skip
VERDICTS = (
    (Verdict.FALSE, 0.55),
    (Verdict.MISLEADING, 0.77),
    (Verdict.TRUE, 0.87),
    (Verdict.UNPROVEN, 0.96),
    (Verdict.SATIRE, 1.01),
)
EVIDENCE = as_json([["https://contoh.invalid/klarifikasi", "Keterangan kantor (contoh)"]])
POINTS = as_json({point: [Found.DIFFERS, "Contoh"] for point in CheckPoint.values})
OFFICES = {codes.Level.NATION: "Kementerian (contoh)", codes.Level.PROVINCE: "Diskominfo provinsi (contoh)"}


class Doubt(NamedTuple):
    """A claim while its rows are made: `asked` are (village, moment), the first one first."""

    id: str
    number: int
    said: str
    asked: list[tuple[Share, datetime]]
    stage: str
    judged: datetime
    office: str
    verdict: str


def write(kim: Settled, order: Order, share: Share, every: Sequence[Share], tables: Tables) -> None:
    """All claims that began in this village."""
    for doubt in _doubts(kim, order, share, every):
        rng = phrases.chance_of(order.seed, f"doubt/{doubt.id}")
        _claim(doubt, tables)
        _reports(doubt, rng, tables)
        _sightings(doubt, tables)
        _check(kim, doubt, rng, tables)
        if doubt.stage in (Stage.ANSWERED, Stage.WITHDRAWN):
            _answer(order, doubt, rng, tables)


def claim_ids(order: Order, found: Sequence[Share]) -> list[UUID]:
    """The ids of the claims that began in these villages, without making anything else."""
    return [UUID(made) for share in found for made, _ in _beginnings(order, share)[1]]


def _beginnings(order: Order, share: Share) -> tuple[Random, list[tuple[str, datetime]]]:
    """Chance, then id and moment of each claim."""
    rng = phrases.chance_of(order.seed, f"doubts/{share.code}")
    moments = sorted(
        order.end - timedelta(hours=1) - timedelta(days=(YEAR - 1) * rng.random()) for _ in range(share.claims)
    )
    return rng, [(made_id(rng, at), at) for at in moments]


def _doubts(kim: Settled, order: Order, share: Share, every: Sequence[Share]) -> Iterator[Doubt]:
    rng, begun = _beginnings(order, share)
    for turn, (made, at) in enumerate(begun):
        asked = [(share, at), *_elsewhere(share, every, at, order.end, rng)]
        judged = at + timedelta(days=0.2 + rng.expovariate(0.4))
        stage = _drawn(FATES, rng.random()) if judged < order.end else Stage.ASKED
        said = Speaker(kim.scene, at.date(), rng.random).rumour()
        office = _office(share.code, len(asked), rng)
        verdict = _drawn(VERDICTS, rng.random()) if stage in (Stage.ANSWERED, Stage.WITHDRAWN) else ""
        yield Doubt(made, share.first_claim + turn, said, asked, stage, judged, office, verdict)


def _elsewhere(
    share: Share, every: Sequence[Share], at: datetime, end: datetime, rng: Random
) -> Iterator[tuple[Share, datetime]]:
    """Where it is asked about again, within two weeks: round the corner, or anywhere."""
    is_viral, number = rng.random() < VIRAL, 0
    while number < MOST - 1 and (number < WIDE * rng.random() if is_viral else rng.random() < AGAIN):
        number += 1
        step = int(len(every) * rng.random()) if is_viral else int(12 * rng.random()) - 6
        later = at + timedelta(days=14 * rng.random() ** 2)
        if later < end:
            yield every[(share.number + step) % len(every)], later


def _office(code: str, asked: int, rng: Random) -> str:
    """Who answers: mostly the regency; what is asked about everywhere, the ministry."""
    if asked > 20:
        return codes.NATION
    return codes.regency(code) if rng.random() < 0.85 else code[:2]


def _drawn(table: Sequence[tuple[str, float]], value: float) -> str:
    return next(name for name, up_to in table if value < up_to)


def _title(doubt: Doubt) -> str:
    return text.clip(doubt.said, 150)


def _claim(doubt: Doubt, tables: Tables) -> None:
    is_told, first = bool(doubt.verdict), doubt.asked[0][1]
    heard = max(at for _, at in doubt.asked)
    reason = (
        "Ditarik untuk uji."
        if doubt.stage == Stage.WITHDRAWN
        else "Bukan untuk dicek."
        if doubt.stage == Stage.SET_ASIDE
        else ""
    )
    tables[Claim].add(
        doubt.id, doubt.stage, short_code(doubt.number) if is_told else NULL, _title(doubt) if is_told else "", doubt.verdict,
        "1" if is_told else "0", doubt.office if is_told else NULL, str(len(doubt.asked)), first.isoformat(), heard.isoformat(),
        doubt.judged.isoformat() if is_told else NULL, reason, "t",
    )  # fmt: skip
    code = fingerprint.of_text(doubt.said)
    if code is not None:
        words = ",".join(map(str, fingerprint.sketch(doubt.said)))
        tables[Fingerprint].add(doubt.id, "text", str(code), f"{{{words}}}", *map(str, fingerprint.bands(code)))
    for clipping in fingerprint.clippings(doubt.said):
        tables[Clipping].add(doubt.id, str(clipping))


def _reports(doubt: Doubt, rng: Random, tables: Tables) -> None:
    digest = sha256(doubt.said.encode()).hexdigest()
    for turn, (share, at) in enumerate(doubt.asked):
        number = number_of(doubt.number * MOST + turn)
        tables[Report].add(made_id(rng, at), doubt.id, number, share.code, doubt.said, digest, at.isoformat())
        _entry("claim.joined" if turn else "claim.asked", doubt, share.code, at, rng, tables)


def _sightings(doubt: Doubt, tables: Tables) -> None:
    """A report counts in its village and in all places above."""
    number: Counter[str] = Counter()
    heard: dict[str, datetime] = {}
    for share, at in doubt.asked:
        for code in codes.chain(share.code):
            number[code] += 1
            heard[code] = max(at, heard.get(code, at))
    for code, many in number.items():
        tables[Sighting].add(doubt.id, code, doubt.stage, str(many), heard[code].isoformat())


def _check(kim: Settled, doubt: Doubt, rng: Random, tables: Tables) -> None:
    """What the KIM of the first village found out, before an office judged."""
    if doubt.stage not in (Stage.ASKED, Stage.SET_ASIDE):
        at = doubt.asked[0][1] + (doubt.judged - doubt.asked[0][1]) / 2
        sent = NULL if doubt.stage == Stage.CHECKED else at.isoformat()
        tables[Check].add(
            made_id(rng, at), doubt.id, kim.id, POINTS, "Catatan uji dari KIM.", kim.chair_id, at.isoformat(), sent
        )


def _answer(order: Order, doubt: Doubt, rng: Random, tables: Tables) -> None:
    """The verdict, its document for the search, and a copy for the KIM of every village that asked."""
    at, title, officer = doubt.judged.isoformat(), _title(doubt), str(officials.officer_id(order, doubt.office))
    gist = f"Sudah diperiksa: {Verdict(doubt.verdict).label.lower()}."
    agency = OFFICES.get(codes.level(doubt.office), "Diskominfo (contoh)")
    tables[Answer].add(
        made_id(rng, doubt.judged),
        doubt.id,
        "1",
        doubt.verdict,
        title,
        gist,
        doubt.said,
        EVIDENCE,
        doubt.office,
        agency,
        officer,
        at,
    )
    _entry("claim.judged", doubt, doubt.office, doubt.judged, rng, tables, officer)
    tables[Round].add(made_id(rng, doubt.judged), doubt.id, at)
    _handouts(order, doubt, rng, tables)
    if doubt.stage == Stage.ANSWERED:
        summary = f"{Verdict(doubt.verdict).label}. {gist}"
        tables[Document].add(
            f"clarification:{doubt.id}", "clarification", doubt.office, title, name_key(title)[:300], f"{gist} {doubt.said}",
            summary, agency, "", f"/hoaks/{short_code(doubt.number)}/", at,
        )  # fmt: skip


def _handouts(order: Order, doubt: Doubt, rng: Random, tables: Tables) -> None:
    villages = list({share.code: share for share, _ in doubt.asked}.values())
    for share, kim_id in zip(villages, kim_ids(order, villages), strict=True):
        made, opened = made_id(rng, doubt.judged), doubt.judged + timedelta(hours=80 * rng.random())
        seen = opened.isoformat() if opened < order.end else NULL
        came = doubt.judged.isoformat()
        tables[Handout].add(made, doubt.id, str(kim_id), share.code, "1", came, came, seen)


def _entry(verb: str, doubt: Doubt, code: str, at: datetime, rng: Random, tables: Tables, officer: str = "") -> None:
    name, data = ("Petugas (contoh)" if officer else ""), '{"title": ""}'
    key = f"clarification:{doubt.id}"
    tables[Entry].add(made_id(rng, at), verb, key, officer or NULL, name, code, NULL, data, at.isoformat())
