"""One small country for walking tests: two regencies with a KIM each, and one person for every hat.

Each regency has a registered KIM (member, board, decree with scan), texts in every stage that matters, a room, a
registration in the queue, a draft registration, and an uploaded list. What nobody outside may read carries a mark:
`world.ponorogo.secrets` never appear to people of `world.kutai`, nor the other way round.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.factories import actor, mandate, person
from kim.accounts.actor import ANONYMOUS, Actor
from kim.accounts.backends import PHONE, STRONG
from kim.accounts.models import OFFICIAL_ROLES, Agency, Mandate, Person, Role
from kim.accounts.queries import HAT_KEY, actor_for
from kim.aspirations import actions as aspirations
from kim.aspirations.models import Aspiration, Attachment, InformationRequest, Objection
from kim.aspirations.policies import Desk
from kim.clarification import actions as clarification
from kim.clarification.models import Claim, Handout, Spread, Suggestion
from kim.clarification.models import Report as Doubt
from kim.config import tasks
from kim.deliberation import actions as deliberation
from kim.deliberation.models import Meeting, Problem
from kim.discussion.models import Remark, Room, Side, Stance
from kim.dissemination import actions as dissemination
from kim.dissemination.models import Assignment, Bulletin, Coverage, Question, Theme
from kim.importing import actions as importing
from kim.importing.models import Batch
from kim.inbox.models import Delivery
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.spreadsheet import Sheet
from kim.media import actions as media
from kim.media.models import Purpose, Upload
from kim.moderation import actions as moderation
from kim.moderation.models import Case
from kim.publishing.actions.base import record
from kim.publishing.models import Article, CheckPoint, Correction, Photo, Revision
from kim.publishing.workflow import Stage as TextStage
from kim.regions.models import Holiday
from kim.registry import actions as registry
from kim.registry.models import BoardSeat, Channel, Decree, Kim, Member
from kim.registry.workflow import DecreeStage, Stage
from kim.sources.models import Host, Item, Source
from media.factories import jpeg, pdf
from regions.factories import plant

PIN, PASSWORD, TOTP_SECRET = "846291", "sandi-panjang-untuk-uji", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECRET = "rahasia234"  # of every voice
PONOROGO, KUTAI = "35.02.17.1008", "64.08.04.2001"


@dataclass
class Regency:
    """What one regency holds. `word` marks everything private: SK numbers, names in drafts, file names."""

    code: str
    village: str
    word: str
    digits: str
    kim: Kim | None = None
    decree: Decree | None = None
    scan: Upload | None = None
    cover: Upload | None = None
    member: Member | None = None
    seat: BoardSeat | None = None
    waiting: Kim | None = None
    waiting_decree: Decree | None = None
    draft: Kim | None = None
    renewal: Decree | None = None
    texts: dict[str, Article] = field(default_factory=dict)
    batch: Batch | None = None
    packets: dict[str, Bulletin] = field(default_factory=dict)
    copies: dict[str, Assignment] = field(default_factory=dict)
    report: Coverage | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    theme: Theme | None = None
    secret: str = ""
    delivery: Delivery | None = None
    claims: dict[str, Claim] = field(default_factory=dict)
    passed_on: Spread | None = None
    shot: Upload | None = None
    ticket: Doubt | None = None
    tip: Suggestion | None = None
    source: Source | None = None
    item: Item | None = None
    voice: Aspiration | None = None
    attachment: Attachment | None = None
    request: InformationRequest | None = None
    objection: Objection | None = None
    problem: Problem | None = None
    meeting: Meeting | None = None
    voices: dict[str, Aspiration] = field(default_factory=dict)
    agency: Agency | None = None
    holiday: Holiday | None = None
    case: Case | None = None

    @property
    def phone(self) -> str:
        return f"+62819{self.digits}"

    @property
    def secrets(self) -> list[str]:
        """Words of private rows: never on a page of somebody from elsewhere."""
        return [
            f"Rahasia{self.word}",
            f"819{self.digits}",
            f"819-{self.digits[:4]}-{self.digits[4:]}",
            f"RHS-{self.word}",
        ]


@dataclass
class World:
    ponorogo: Regency
    kutai: Regency
    from_above: Item
    people: dict[str, Person]
    hats: dict[str, Mandate]
    sessions: dict[str, str]
    seen: dict[tuple[str, str, str], object] = field(default_factory=dict)


def build() -> World:
    """The whole country; wants a database and a folder for files."""
    ponorogo = Regency("35.02", PONOROGO, "Barat", "70001111")
    kutai = Regency("64.08", KUTAI, "Timur", "70002222")
    for here in (ponorogo, kutai):
        plant(here.village)
        settle(here)
    people, hats = cast(ponorogo, kutai)
    speak_up(ponorogo, actor_for(people["pengurus"]))
    speak_up(kutai, actor(Role.MEMBER, kutai.village, kim_id=kutai.kim.pk, name="Pelapor"))
    sessions = {role: signed_in(people[role], hats[role]) for role in people}
    tasks.carry_errands()
    return World(ponorogo, kutai, suggest("ID", "Kementerian Contoh"), people, hats, sessions)


def settle(here: Regency) -> None:
    """A KIM with everything a KIM can have."""
    word = here.word
    here.kim = Kim.objects.create(
        name=f"KIM {word} Jaya", slug=f"{word.lower()}-jaya", region_id=here.village, stage=Stage.REGISTERED,
        registry_number=f"KIM-{here.village.replace('.', '')}-01", registered_at=clock.now(), published_count=9,
        about="Warga yang mengabarkan kampungnya.", understands_no_budget=True, registrant_phone=here.phone,
    )  # fmt: skip
    writer = person(f"Penulis {word}")
    mandate(writer, Role.MEMBER, here.village, kim_id=here.kim.pk)
    papers(here, writer)
    Channel.objects.create(kim=here.kim, kind="board", address="Pos ronda RT 02")
    here.member = Member.objects.create(
        kim=here.kim, name=f"Rahasia{word} Anggota", phone=here.phone, joined_on=date(2025, 1, 5)
    )
    here.seat = BoardSeat.objects.create(
        kim=here.kim, decree=here.decree, position="chair", name="Ketua Contoh", since=date(2025, 1, 5)
    )
    photo(here, writer)
    for stage in ("draft", "discussed", "decided", "reviewed", "returned", "published", "unpublished"):
        here.texts[stage] = text(here, writer, TextStage(stage))
    talk(here, writer)
    register(here)
    bring_list(here)
    inform(here)
    speak(here)
    doubt(here)
    complain(here)
    here.item = suggest(here.code, f"Rahasia{word} usulan")
    here.source = here.item.source
    follow(here)
    deliberate(here)
    note = f"Rahasia{word} pesan untuk Anda"
    here.delivery = Delivery.objects.create(entry_id=new_id(), person_id=writer.pk, text=note, url="/kerja/")


def papers(here: Regency, owner: Person) -> None:
    actor = actor_for(owner)
    here.scan = media.store(
        pdf(f"RHS-{here.word}.pdf"), purpose=Purpose.DECREE, actor=actor, kim_id=here.kim.pk, region_code=here.village
    )
    terms = {"issued_on": date(2025, 1, 5), "valid_from": date(2025, 1, 5), "issuer_office": "Kantor desa"}
    here.decree = Decree.objects.create(
        kim=here.kim, number="489/07/401.403.6/2014", about="Pembentukan KIM", stage=DecreeStage.ACCEPTED,
        valid_until=clock.today() + timedelta(days=60), scan=here.scan, accepted_at=clock.now(), **terms,
    )  # fmt: skip
    here.renewal = Decree.objects.create(
        kim=here.kim, number=f"RHS-{here.word}-2", about="Perpanjangan", stage=DecreeStage.SUBMITTED, scan=here.scan,
        submitted_at=clock.now(), valid_until=clock.today() + timedelta(days=900), **terms,
    )  # fmt: skip


def photo(here: Regency, owner: Person) -> None:
    shot = jpeg(900, 600)
    here.cover = media.store(
        shot, purpose=Purpose.PHOTO, actor=actor_for(owner), kim_id=here.kim.pk, region_code=here.village,
        alt="Warga bergotong royong", credit="KIM",
    )  # fmt: skip
    media.describe(here.cover.pk, alt="Warga bergotong royong", credit="KIM", has_consent=True)
    media.open_to_public([here.cover.pk])


def text(here: Regency, writer: Person, stage: TextStage) -> Article:
    """A text in that stage; only the published one may be read by everybody."""
    is_out = stage == TextStage.PUBLISHED
    title = f"Kerja bakti {here.word}" if is_out else f"Rahasia{here.word} {stage.value}"
    was_out = stage in (TextStage.PUBLISHED, TextStage.UNPUBLISHED)
    article = Article.objects.create(
        kim=here.kim, region_id=here.village, author=writer, stage=stage, title=title, slug=f"kerja-bakti-{stage}",
        gist="Saluran air sudah bersih.", body="<p>Warga membersihkan saluran air bersama-sama.</p>",
        source_note="Ketua RT", short_code=f"{here.word[:2].lower()}{stage.value[:4]}" if was_out else None,
        published_at=clock.now() if was_out else None, responsible="Redaktur", revision=2, decided_revision=2,
        cover=here.cover if is_out else None, checklist={"revision": 2, "points": CheckPoint.values, "by": "Redaktur"},
    )  # fmt: skip
    for number in (1, 2):
        Revision.objects.create(
            article=article,
            number=number,
            title=title,
            gist=article.gist,
            body=article.body,
            author=writer,
            is_settled=True,
        )
    if is_out:
        Photo.objects.create(article=article, upload=here.cover)
        Correction.objects.create(article=article, text="Tanggalnya keliru, yang benar 5 Mei.", revision=1, by=writer)
        record("article.published", article, actor_for(writer))
    if stage == TextStage.UNPUBLISHED:
        article.withdrawn_at, article.withdrawn_category, article.withdrawn_by = clock.now(), "personal", "KIM"
        article.withdrawn_reason = f"Rahasia{here.word} alasan"
        article.save()
    return article


def talk(here: Regency, writer: Person) -> None:
    article = here.texts["discussed"]
    room = Room.objects.create(
        key=article.key,
        kim_id=here.kim.pk,
        region_code=here.village,
        title=article.title,
        url=f"{article.desk_url}bahas/",
    )
    Remark.objects.create(room=room, author=writer, text=f"Rahasia{here.word} catatan rapat")
    Stance.objects.create(room=room, person=writer, side=Side.AGREE)


def register(here: Regency) -> None:
    """A registration in the queue, and one that was only begun; both with a private phone and name."""
    who = {"actor": ANONYMOUS}
    here.waiting, code = registry.begin(**who, name=f"Rahasia{here.word} Pendaftar", phone=here.phone)
    who["code"] = code
    registry.save_place(here.waiting.pk, region_code=here.village, **who)
    registry.save_profile(here.waiting.pk, fields={"name": f"KIM Rahasia{here.word} Baru"}, channels=[], **who)
    seats = [{"position": "chair", "name": f"Rahasia{here.word} Ketua", "since": None}]
    people = [{"name": f"Rahasia{here.word} {n}", "phone": ""} for n in range(6)]
    registry.save_people(here.waiting.pk, seats=seats, members=people, **who)
    terms = {"issued_on": date(2025, 2, 1), "valid_from": date(2025, 2, 1), "valid_until": date(2027, 2, 1)}
    fields = {
        "number": f"RHS-{here.word}",
        "about": "Pembentukan",
        "issuer_level": "village",
        "issuer_office": "Kantor desa",
    }
    here.waiting_decree = registry.save_decree(
        here.waiting.pk, fields=fields | terms, scan=pdf(f"RHS-{here.word}.pdf"), **who
    )
    here.waiting = registry.submit(
        here.waiting.pk, name=f"Rahasia{here.word} Pendaftar", phone=here.phone, understands=True, **who
    )
    here.draft, code = registry.begin(actor=ANONYMOUS, name=f"Rahasia{here.word} Konsep", phone=here.phone)
    registry.save_place(here.draft.pk, region_code=here.village, actor=ANONYMOUS, code=code)


def inform(here: Regency) -> None:
    """Packets of its office in every stage that matters, and the KIM's copies in as many steps."""
    officer = actor(Role.REGENCY, here.code, name="Pengirim")
    board = actor(Role.BOARD, here.village, kim_id=here.kim.pk, name=f"Rahasia{here.word} Pengurus")
    words = {"agency": "Dinas Contoh", "body": "Isi untuk warga.", "points": ["Gratis"]}
    for name in ("sketch", "waiting", "back", "arrived", "discussed", "accepted", "spread", "public"):
        begun = dissemination.start(new_id(), actor=officer)
        fields = words | {
            "title": f"Rahasia{here.word} info {name}" if name in ("sketch", "waiting") else f"Info {here.word} {name}",
            "urgency": "emergency" if name == "waiting" else "usual",
        }
        here.packets[name] = dissemination.edit(begun.id, fields=fields, targets=[here.code], actor=officer)
        if name not in ("sketch", "waiting"):
            here.packets[name] = dissemination.issue(begun.id, actor=officer)
    dissemination.request_check(here.packets["waiting"].id, actor=officer)
    dissemination.carry_on()
    here.copies = {name: one.assignments.first() for name, one in here.packets.items() if one.issued_at}
    dissemination.discuss(here.copies["discussed"].id, actor=board)
    for name in ("accepted", "spread"):
        dissemination.accept(here.copies[name].id, actor=board)
    heard = {"channel": "loudspeaker", "held_on": clock.today(), "heard_low": 50, "heard_high": 100}
    here.report = dissemination.report(new_id(), here.copies["spread"].id, fields=heard, actor=board)
    Coverage.objects.filter(pk=here.report.pk).update(call_back="drawn")
    here.packets["back"] = dissemination.withdraw(here.packets["back"].id, reason="Keliru.", actor=officer)
    ask(here, officer, board)


def ask(here: Regency, officer: Actor, board: Actor) -> None:
    """Questions of readers whose turn is the KIM's, the office's, and nobody's; one theme. `secret` is that of a plain one."""
    about = here.packets["public"].id
    for name in ("waiting", "passed", "grouped", "crowded", "closed", "own"):
        text = "Apakah boleh?" if name == "own" else f"Rahasia{here.word} {name}: apakah boleh diwakilkan?"
        asked = {"region_code": here.village, "text": text, "is_crowded": name == "crowded"}
        here.secret = dissemination.ask(one := new_id(), about, **asked)
        here.questions[name] = Question.objects.get(pk=one)
    dissemination.close(here.questions["closed"].id, reason="unclear", actor=board)
    for name in ("passed", "grouped"):
        dissemination.pass_up(here.questions[name].id, actor=board)
    here.theme = dissemination.group(
        about,
        question=f"Rahasia{here.word} tema",
        question_ids=[here.questions["grouped"].id],
        actor=officer,
    )


def speak(here: Regency) -> None:
    """A voice on every desk that matters: new and handled in the village, a confidential one, at the Diskominfo, at an OPD."""
    here.agency = Agency.objects.create(region_id=here.code, name=f"Dinas {here.word} Contoh")
    here.holiday = Holiday.objects.create(region_id=here.code, on=clock.today(), name="Hari jadi", source="SE 1/2026")
    head, officer = actor(Role.VILLAGE, here.village, name="Kades"), actor(Role.REGENCY, here.code, name="Penerus")
    for name in ("new", "handled", "confidential", "regency", "agency"):
        words = {"kind": "complaint", "category": "road", "region": here.village, "reporter_phone": here.phone}
        words |= {
            "text": f"Rahasia{here.word} jalan {name}",
            "privacy": "secret" if name == "confidential" else "open",
        }
        here.voices[name] = aspirations.submit(new_id(), fields=words, secret="rahasia234", actor=ANONYMOUS)
    aspirations.accept(here.voices["handled"].id, actor=head)
    for name in ("regency", "agency"):
        aspirations.escalate(here.voices[name].id, to=Desk(here.code), reason="Jalan kabupaten.", actor=head)
    aspirations.escalate(
        here.voices["agency"].id, to=Desk(here.code, here.agency.id), reason="Urusan dinas.", actor=officer
    )
    for name in ("new", "agency"):
        Attachment.objects.create(aspiration=here.voices[name], upload=here.cover)


def speak_up(here: Regency, who: Actor) -> None:
    """A member's own voice, answered for that member alone; and one taken in for a neighbour without a phone."""
    for name in ("own", "carried"):
        words = {
            "kind": "wish",
            "category": "light",
            "region": here.village,
            "text": f"Rahasia{here.word} lampu gang {name}",
        }
        for_other = name == "carried"
        made = aspirations.submit(new_id(), fields=words, secret=SECRET, for_other=for_other, actor=who)
        Aspiration.objects.filter(id=made.id).update(stage="answered" if name == "own" else "asked")
        here.voices[name] = Aspiration.objects.get(id=made.id)


TICKETS = {"35.02": "4417902518", "64.08": "5528013627"}


def follow(here: Regency) -> None:
    """A voice of the village that was answered, with its picture: the public knows the number and the short version."""
    words = {
        "kind": "complaint",
        "category": "road",
        "region": here.village,
        "text": f"Rahasia{here.word} jalan berlubang",
    }
    picture = aspirations.bring(jpeg(300, 200), Purpose.EVIDENCE)
    who = {"reporter_name": f"Rahasia{here.word} Pelapor", "reporter_phone": here.phone}
    made = aspirations.submit(new_id(), fields=words | who, secret=SECRET, uploads=[picture], actor=ANONYMOUS)
    voices = Aspiration.objects.filter(id=made.id)
    voices.update(number=TICKETS[here.code], stage="answered", is_public=True, public_text="Jalan berlubang.")
    here.voice, here.attachment = voices.get(), made.attachments.get()


def deliberate(here: Regency) -> None:
    """A shared difficulty, the minutes of a meeting, and a registered request with an objection, all of the village."""
    head = actor(Role.VILLAGE, here.village, name="Pencatat")
    named = {"title": f"Rahasia{here.word} kesulitan", "category": "water"}
    here.problem = deliberation.name(new_id(), fields=named, actor=head)
    held = {"topic": f"Rahasia{here.word} musyawarah", "held_on": clock.today(), "present": 12}
    here.meeting = deliberation.hold(new_id(), fields=held, actor=head)
    words = {"kind": "request", "region": here.village, "text": f"Rahasia{here.word} rincian APBDes"}
    asked = aspirations.submit(new_id(), fields=words, secret=SECRET, actor=ANONYMOUS)
    here.request = aspirations.register_request(asked.id, actor=head)
    InformationRequest.objects.filter(pk=here.request.pk).update(due_at=clock.now() - timedelta(days=1))
    here.objection = aspirations.object_(new_id(), asked.id, reason="c", secret=SECRET)


def doubt(here: Regency) -> None:
    """What people of the village asked, in every stage that matters; a photo, a ticket of the second who asked."""
    officer = actor(Role.REGENCY, here.code, name="Pemutus")
    board = actor(Role.BOARD, here.village, kim_id=here.kim.pk, name=f"Rahasia{here.word} Pengecek")
    answer = {
        "verdict": "false",
        "gist": "Itu tidak benar.",
        "explanation": "Sudah ditanyakan.",
        "agency": "Diskominfo Contoh",
    }
    for name in ("asked", "checked", "sent", "answered", "withdrawn", "aside", "folded"):
        secret = f"Rahasia{here.word} pesan" if name in ("checked", "sent") else "Pesan"
        words = f"{secret} {' '.join(f'{here.word}{name}{number}' for number in range(30))}"
        photo = jpeg(640, 480) if name == "sent" else None
        asked = clarification.ask(new_id(), region_code=here.village, text=words, photo=photo, actor=ANONYMOUS)
        here.claims[name] = asked.claim
        if name == "asked":
            here.ticket = clarification.ask(new_id(), region_code=here.village, text=words, actor=ANONYMOUS)
        if name in ("checked", "sent"):
            clarification.check(asked.claim_id, points={"source": ("differs", "")}, actor=board)
        if name == "sent":
            clarification.send(asked.claim_id, actor=board)
            here.shot = asked.photo
        if name in ("answered", "withdrawn"):
            fields = answer | {"title": f"Kabar {name}", "evidence": [["https://contoh.go.id/a", ""]]}
            clarification.judge(asked.claim_id, fields=fields, actor=officer)
        if name == "withdrawn":
            clarification.withdraw(asked.claim_id, reason="Kami keliru.", actor=officer)
    clarification.set_aside(here.claims["aside"].pk, reason="Ini pendapat.", actor=officer)
    clarification.fold(here.claims["folded"].pk, into_id=here.claims["asked"].pk, reason="Sama.", actor=officer)
    clarification.carry_on()
    handout = Handout.objects.get(claim=here.claims["answered"], kim=here.kim)
    heard = {
        "channel": "board",
        "held_on": clock.today(),
        "heard_low": 10,
        "heard_high": 50,
        "questions": "Benarkah itu?",
    }
    here.passed_on = clarification.spread(new_id(), handout.id, fields=heard, actor=board)
    Spread.objects.filter(pk=here.passed_on.pk).update(call_back="drawn")
    here.claims = {name: Claim.objects.get(pk=claim.pk) for name, claim in here.claims.items()}
    here.tip = Suggestion.objects.create(
        guid=here.code, checker="Pemeriksa", title=f"Garam {here.word} menyembuhkan demam"
    )


def complain(here: Regency) -> None:
    """Somebody reported the published text; its office has not looked yet."""
    words = f"Rahasia{here.word} kata pelapor"
    out = here.texts["published"]
    moderation.report(new_id(), "article", out.pk, reason="wrong", words=words, actor=ANONYMOUS)
    here.case = Case.objects.get(subject=out.key)


def suggest(code: str, title: str) -> Item:
    """What a source of that office suggests."""
    host, _ = Host.objects.get_or_create(address="dinas.example")
    source = Source.objects.create(
        region_id=code,
        host=host,
        url=f"https://dinas.example/{code}.xml",
        name=f"{title} sumber",
        agency="Dinas Contoh",
    )
    return Item.objects.create(source=source, region_id=code, guid="1", title=title, published_at=clock.now())


def bring_list(here: Regency) -> None:
    """Uploaded, understood and checked by an officer: one row is faulty."""
    officer = actor(Role.REGENCY, here.code, name="Pengunggah")
    rows = [["Nama KIM", "Desa"], [f"KIM Rahasia{here.word} Excel", "Tidak Ada"]]
    sheets = [Sheet("Daftar", rows)]
    here.batch, _ = importing.upload(actor=officer, name=f"RHS-{here.word}.xlsx", sha256=here.word * 8, sheets=sheets)
    importing.map_columns(here.batch.pk, actor=officer, mapping={"0": "kim_name", "1": "village"})
    here.batch = importing.check(here.batch.pk, actor=officer)


# The columns of the table of access, in its order: key → (role, where), kept apart by office and KIM.
ROLES = (
    "anggota", "pengurus", "redaktur", "kades", "kab", "kab-lain", "provinsi", "pusat", "ahli", "opd", "dukungan",
)  # fmt: skip


def cast(here: Regency, there: Regency) -> tuple[dict[str, Person], dict[str, Mandate]]:
    """One person for every hat of `here`; `kab-lain` belongs there."""
    kim = here.kim.pk
    hats = {
        "anggota": (Role.MEMBER, here.village, kim),
        "pengurus": (Role.BOARD, here.village, kim),
        "redaktur": (Role.EDITOR, here.village, kim),
        "kades": (Role.VILLAGE, here.village, None),
        "kab": (Role.REGENCY, here.code, None),
        "kab-lain": (Role.REGENCY, there.code, None),
        "provinsi": (Role.PROVINCE, here.code[:2], None),
        "pusat": (Role.NATIONAL, "ID", None),
        "ahli": (Role.EXPERT, here.code[:2], None),
        "opd": (Role.AGENCY, here.code, None),
        "dukungan": (Role.SUPPORT, here.code[:2], None),
    }
    people = {who: _who(who, role) for who, (role, _, _) in hats.items()}
    given = {who: mandate(people[who], role, code, kim_id=k) for who, (role, code, k) in hats.items()}
    Mandate.objects.filter(pk=given["opd"].pk).update(agency=here.agency)
    return people, given


def _who(key: str, role: Role) -> Person:
    """With PIN, or with password and authenticator: whoever works here has come in before."""
    if role not in OFFICIAL_ROLES:
        return person(f"Warga {key}", pin=PIN)
    who = person(f"Petugas {key}", phone=None, email=f"{key}@contoh.id")
    who.set_password(PASSWORD)
    who.save()
    TOTP.activate(who, TOTP_SECRET)
    return who


def signed_in(who: Person, hat: Mandate) -> str:
    """The key of a session like the one the sign-in page gives: strong for officials, by PIN for everybody else."""
    session = SessionStore()
    session[SESSION_KEY] = str(who.pk)
    session[BACKEND_SESSION_KEY] = STRONG if hat.role in OFFICIAL_ROLES else PHONE
    session[HASH_SESSION_KEY] = who.get_session_auth_hash()
    session[HAT_KEY] = str(hat.pk)
    session.save()
    return session.session_key
