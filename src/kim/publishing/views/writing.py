"""Choosing a kind, writing, autosave, the language check and the history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kim.doors.replay import once, request_key
from kim.kernel import clock
from kim.kernel.ids import new_id
from kim.kernel.results import NotAllowed
from kim.media.actions import BadFile
from kim.publishing import actions, queries
from kim.publishing.forms import KIND_HELP, KIND_ICONS, PhotoForm, WriteForm
from kim.publishing.models import Article, Kind
from kim.publishing.views.base import find, members, page

AFTER = {"bahasa": "publishing:language", "selesai": "publishing:article"}


@members
def choose(request: HttpRequest) -> HttpResponse:
    """Berita, kegiatan or pengumuman: each card carries a fresh id, so that a double tap is one text."""
    kinds = [(kind, KIND_HELP[kind], KIND_ICONS[kind], new_id()) for kind in Kind]
    return render(request, "publishing/choose.html", {"kinds": kinds, "kim": queries.kim_of(request.actor)})


@members
def write(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """The form of a text, new or old. The id in the address comes from the link, so sending twice writes once."""
    article, kind = _article_and_kind(request, article_id)
    if request.method == "POST":
        return _save(request, article_id, article, kind)
    if article is None:
        return _form_page(request, article_id, None, WriteForm(kind=kind, initial={"version": 0}), kind)
    editor = queries.other_editor(article, request.actor)
    actions.look_in(article.id, actor=request.actor)
    form = WriteForm(kind=kind, initial=WriteForm.words_of(article))
    return _form_page(request, article_id, article, form, kind, editor=editor)


@members
@require_POST
def autosave(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Keep what is typed without making a revision of every pause; 409 when somebody else saved in between."""
    article, kind = _article_and_kind(request, article_id)
    form = WriteForm(request.POST, kind=kind, is_final=False)
    if not form.is_valid():
        reason = next(iter(form.errors.values()))[0]
        return JsonResponse({"detail": f"{reason} Tulisan aman di HP ini."}, status=422)
    try:
        article = _store(request, article_id, article, form, kind, is_final=False)
    except NotAllowed as reason:
        return JsonResponse({"detail": str(reason)}, status=409)
    saved_at = clock.local(article.edited_at, article.region.time_zone).strftime("%H.%M")
    return JsonResponse({"saved_at": saved_at, "version": article.version})


def _article_and_kind(request: HttpRequest, article_id: UUID) -> tuple[Article | None, str]:
    article = queries.visible_to(request.actor).filter(id=article_id).first()
    kind = article.kind if article else request.POST.get("kind") or request.GET.get("jenis")
    if kind not in Kind.values:
        raise Http404
    return article, kind


def _store(
    request: HttpRequest,
    article_id: UUID,
    article: Article | None,
    form: WriteForm,
    kind: str,
    *,
    is_final: bool,
) -> Article:
    typed: dict[str, Any] = {
        "fields": form.cleaned_data,
        "form_key": request_key(request),
        "is_final": is_final,
    }
    if article is None:
        return actions.start(article_id, kind=kind, actor=request.actor, **typed)
    return actions.edit(article_id, version=form.cleaned_data["version"] or 0, actor=request.actor, **typed)


def _save(request: HttpRequest, article_id: UUID, article: Article | None, kind: str) -> HttpResponse:
    form = WriteForm(request.POST, kind=kind)
    if not form.is_valid():
        return _form_page(request, article_id, article, form, kind)
    try:
        article = _store(request, article_id, article, form, kind, is_final=True)
    except actions.Stale as reason:
        return _conflict(request, article_id, kind, str(reason))
    photo = PhotoForm(request.POST, request.FILES)
    if not _keep_photos(request, article, photo):
        article = find(request, article_id)
        form = WriteForm(kind=kind, initial=WriteForm.words_of(article))
        return _form_page(request, article_id, article, form, kind, photo_form=photo)
    after = request.POST.get("then", "")
    if after in AFTER:
        messages.success(request, "Tersimpan.")
        return redirect(AFTER[after], article_id)
    return redirect(f"{article.desk_url}tulis/#foto")


def _conflict(request: HttpRequest, article_id: UUID, kind: str, reason: str) -> HttpResponse:
    """Both texts on one page; saving again is on purpose, and the other text stays in the history."""
    theirs = find(request, article_id)
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    form = WriteForm(data, kind=kind)
    return _form_page(request, article_id, theirs, form, kind, conflict=reason, status=409)


def _keep_photos(request: HttpRequest, article: Article, form: PhotoForm) -> bool:
    """Words, order and the new photo that came with the text; False with an error on the form."""
    post, actor = request.POST, request.actor
    words = {
        int(number): {
            "alt": post.get(f"alt-{number}", ""),
            "credit": post.get(f"credit-{number}", ""),
            "has_consent": f"consent-{number}" in post,
        }
        for number in post.getlist("photo_id")
        if number.isdigit()
    }
    if words:
        actions.describe_photos(article.id, words=words, actor=actor)
    step, _, number = post.get("photo_step", "").partition(":")
    if number.isdigit():
        actions.arrange_photo(article.id, photo_id=int(number), step=step, actor=actor)
    return form.is_valid() and _add_photo(article, form, request)


def _add_photo(article: Article, form: PhotoForm, request: HttpRequest) -> bool:
    data = form.cleaned_data
    if not data["photo"]:
        return True
    told = {"alt": data["photo_alt"], "credit": data["photo_credit"], "has_consent": data["photo_consent"]}
    try:
        actions.add_photo(article.id, file=data["photo"], actor=request.actor, **told)
    except (BadFile, NotAllowed) as reason:
        form.add_error("photo", f"{reason} Tulisan Anda aman.")
        return False
    return True


def _form_page(
    request: HttpRequest, article_id: UUID, article: Article | None, form: WriteForm, kind: str, **more: Any
) -> HttpResponse:
    context = {
        "article": article,
        "article_id": article_id,
        "kim": article.kim if article else queries.kim_of(request.actor),
        "form": form,
        "kind": Kind(kind),
        "photos": queries.photos(article) if article else [],
        "photo_form": PhotoForm(),
        "editor": "",
        "conflict": "",
        "is_quiet": article is None or article.stage in actions.QUIET,
    }
    status = more.pop("status", 200)
    return render(request, "publishing/write.html", context | more, status=status)


@members
def language(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Hints for plainer words; advice only."""
    article = find(request, article_id)
    return page(request, "publishing/language.html", article, hints=queries.language_hints(article))


@members
def history(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """Every revision of a text: who, when."""
    article = find(request, article_id)
    revisions = queries.history_page(article, request.GET.get("sesudah", ""))
    next_url = f"?sesudah={revisions.next}" if revisions.next else ""
    return page(request, "publishing/history.html", article, revisions=revisions, next_url=next_url)


@members
@once
def revision(request: HttpRequest, article_id: UUID, number: int) -> HttpResponse:
    """What one revision changed; from here the text can go back to it."""
    article = find(request, article_id)
    if request.method == "POST":
        actions.bring_back(article.id, number=number, actor=request.actor)
        messages.success(request, f"Tulisan kembali ke versi {number}. Versi sesudahnya tetap ada di riwayat.")
        return redirect("publishing:article", article.id)
    one = queries.history(article).get(number=number)
    return page(request, "publishing/revision.html", article, revision=one, rows=queries.differences(article, number))
