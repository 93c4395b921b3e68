"""The staff session of support: reason first, thirty minutes, everything written down."""

from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.accounts import actions, queries
from kim.accounts.backends import STRONG
from kim.accounts.forms import StaffForm
from kim.doors.access import signed_in
from kim.kernel.results import NotAllowed, Refused


@signed_in
def support(request: HttpRequest) -> HttpResponse:
    """Open support powers with a reason, or see how long they last."""
    hat = queries.support_mandates(request.actor.person_id).first()
    if hat is None or request.session.get(BACKEND_SESSION_KEY) != STRONG:
        raise Http404
    form = StaffForm(request.POST or None, initial={"region": hat.region_id})
    if request.method == "POST" and form.is_valid() and _opened(request, form):
        return redirect("/akun/dukungan/")
    now_open = queries.open_staff_session(request.actor.person_id, request.session)
    return render(request, "accounts/support.html", {"form": form, "staff": now_open, "hat": hat})


def _opened(request: HttpRequest, form: StaffForm) -> bool:
    try:
        staff = actions.open_staff_session(actor=request.actor, **form.cleaned_data)
    except (NotAllowed, Refused) as error:
        form.add_error(None, str(error))
        return False
    request.session[queries.STAFF_KEY] = str(staff.pk)
    request.session[queries.HAT_KEY] = str(queries.support_mandates(request.actor.person_id)[0].pk)
    return True


@signed_in
@require_POST
def support_close(request: HttpRequest) -> HttpResponse:
    """Done early."""
    staff = queries.open_staff_session(request.actor.person_id, request.session)
    if staff is not None:
        actions.close_staff_session(staff.pk, actor=request.actor)
    request.session.pop(queries.STAFF_KEY, None)
    return redirect("/akun/")
