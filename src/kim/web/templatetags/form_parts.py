"""A form field the KIM.id way: label, hint, error and input in this order, joined for screen readers."""

from copy import copy

from django import forms, template
from django.forms import BoundField, widgets

register = template.Library()


def kind_of(widget: forms.Widget) -> str:
    """How a field is drawn: one box, cards, an upload, or a plain input."""
    if isinstance(widget, widgets.CheckboxSelectMultiple | widgets.RadioSelect):
        return "choices"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    return "upload" if isinstance(widget, widgets.FileInput) else "input"


def _calendar(widget: forms.Widget) -> forms.Widget:
    if isinstance(widget, widgets.DateInput) and widget.input_type == "text":
        widget = copy(widget)
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    return widget


def _described(bound: BoundField) -> str:
    names = [f"{bound.auto_id}_hint"] * bool(bound.help_text) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    return " ".join(names)


def _said(bound: BoundField) -> list[str]:
    """The messages of a field; an empty one is told by its own name, unless the form says it better."""
    errors = bound.errors.as_data() if bound.errors else []
    plain = str(forms.Field.default_error_messages["required"])
    return [
        f"{bound.label} belum diisi." if str(message) == plain else str(message)
        for error in errors
        for message in error.messages
    ]


def _control(bound: BoundField) -> str:
    described = _described(bound)
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(widget=_calendar(bound.field.widget), attrs=attrs)


def _cards(bound: BoundField) -> list[dict[str, object]]:
    explanations = getattr(bound.form, "explanations", {}).get(bound.name, {})
    return [
        {"input": box.tag(), "label": box.choice_label, "why": explanations.get(str(box.data["value"]), "")}
        for box in bound.subwidgets
    ]


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """One field with everything that belongs to it."""
    kind = kind_of(bound.field.widget)
    is_sieve = getattr(bound.form, "is_sieve", False)  # in a filter everything may be empty, and needs no word
    return {
        "kind": kind,
        "icon": "camera" if "image" in str(bound.field.widget.attrs.get("accept", "")) else "upload",
        "label": bound.label,
        "label_for": bound.id_for_label,
        "id": bound.auto_id,
        "hint": bound.help_text,
        "errors": _said(bound),
        "optional": not bound.field.required and kind != "check" and not is_sieve,
        "described": _described(bound),
        "control": "" if kind == "choices" else _control(bound),
        "cards": _cards(bound) if kind == "choices" else [],
    }


@register.inclusion_tag("parts/fields.html")
def fields(form: forms.BaseForm) -> dict[str, object]:
    """Every field of a form, hidden ones first."""
    return {"hidden": form.hidden_fields(), "visible": form.visible_fields()}


def _target(bound: BoundField) -> str:
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.inclusion_tag("parts/error_summary.html")
def error_summary(form: forms.BaseForm | None) -> dict[str, object]:
    """What has to be put right, each line a link to its field; nothing when all is well."""
    if not form or not form.is_bound:
        return {"lines": [], "general": [], "count": 0}
    lines = [(_target(bound), bound.label, message) for bound in form for message in _said(bound)]
    general = list(form.non_field_errors())
    return {"lines": lines, "general": general, "count": len(lines) + len(general)}
