"""The two registers of UU 14/2008: of information requests (10 + 7 working days) and of objections (30)."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kim.accounts.actor import ANONYMOUS, Actor
from kim.aspirations import policies
from kim.aspirations.actions.base import locked, record, working_days
from kim.aspirations.models import Decision, InformationRequest, Objection, ObjectionReason
from kim.aspirations.workflow import Kind
from kim.kernel import clock
from kim.kernel.results import NotAllowed, demand
from kim.regions.models import Region


@transaction.atomic
def register_request(
    aspiration_id: UUID, *, purpose: str = "", wants_copy: bool = True, actor: Actor
) -> InformationRequest:
    """It stands in the register of the desk that holds it, with that body's next number. Asked twice, one entry."""
    aspiration = locked(aspiration_id)
    demand(policies.can_register_request(actor, aspiration))
    known = InformationRequest.objects.filter(aspiration=aspiration).first()
    if known is not None:
        return known
    if aspiration.kind != Kind.REQUEST:
        raise NotAllowed("Hanya permintaan informasi yang dicatat di register ini.")
    now = clock.now()
    body = {"body_code": aspiration.holder_code, "agency": aspiration.holder_agency}
    year = clock.local(now, aspiration.region.time_zone).year
    made = InformationRequest.objects.create(
        aspiration=aspiration, year=year, sequence=_next(year, **body), purpose=purpose.strip()[:300],
        wants_copy=wants_copy, registered_at=now,
        due_at=working_days(aspiration, "information_answer_days", aspiration.received_at), **body,
    )  # fmt: skip
    record("request.registered", aspiration, actor, register=made.number)
    return made


def _next(year: int, **body: object) -> int:
    """The body's next number; its region is held until the transaction ends, so that two at once get two numbers."""
    Region.objects.select_for_update(no_key=True).get(code=body["body_code"])
    taken = InformationRequest.objects.filter(year=year, **body).aggregate(last=Max("sequence"))["last"]
    return (taken or 0) + 1


@transaction.atomic
def decide_request(request_id: UUID, *, decision: str, ground: str = "", actor: Actor) -> InformationRequest:
    """What the body decided; a refusal says on which ground."""
    request = _locked(request_id)
    demand(policies.can_decide_request(actor, request))
    if request.decision:
        raise NotAllowed("Permohonan ini sudah diputuskan.")
    if Decision(decision) in (Decision.REFUSED, Decision.PARTLY) and not ground.strip():
        raise NotAllowed("Tulis alasannya, dengan pasal yang menjadi dasar.")
    request.decision, request.ground, request.decided_at = Decision(decision), ground.strip()[:500], clock.now()
    request.save()
    record("request.decided", request.aspiration, actor, decision=decision)
    return request


@transaction.atomic
def object_(
    objection_id: UUID, aspiration_id: UUID, *, reason: str, text: str = "", secret: str = "", actor: Actor = ANONYMOUS
) -> Objection:
    """The one who asked objects, with the secret of the aspiration. Sent twice, one objection."""
    request = _locked(InformationRequest.objects.get(aspiration=aspiration_id).id)
    demand(policies.can_object(actor, request.aspiration, secret))
    known = Objection.objects.filter(request=request).first()
    if known is not None:
        return known
    now = clock.now()
    if not request.decision and now <= request.due_at:
        raise NotAllowed("Tenggat jawaban belum lewat. Tunggu jawabannya dulu.")
    same = {"request__body_code": request.body_code, "request__agency": request.agency}
    taken = Objection.objects.filter(**same).aggregate(last=Max("sequence"))["last"]
    made = Objection.objects.create(
        id=objection_id, request=request, reason=ObjectionReason(reason), text=text.strip()[:1000], filed_at=now,
        sequence=(taken or 0) + 1, due_at=working_days(request.aspiration, "information_objection_days", now),
    )  # fmt: skip
    record("request.objected", request.aspiration, ANONYMOUS, reason=reason)
    return made


@transaction.atomic
def reply_objection(objection_id: UUID, *, reply: str, actor: Actor) -> Objection:
    """What the superior of the body says to it."""
    rows = Objection.objects.select_for_update(of=("self",)).select_related("request__aspiration__region")
    objection = rows.get(id=objection_id)
    demand(policies.can_reply_objection(actor, objection))
    if objection.replied_at:
        raise NotAllowed("Keberatan ini sudah ditanggapi.")
    objection.reply, objection.replied_at = reply.strip()[:2000], clock.now()
    objection.replied_by_id = actor.person_id
    objection.save()
    record("request.objection_replied", objection.request.aspiration, actor)
    return objection


def _locked(request_id: UUID) -> InformationRequest:
    rows = InformationRequest.objects.select_for_update(of=("self",)).select_related("aspiration__region", "agency")
    return rows.get(id=request_id)
