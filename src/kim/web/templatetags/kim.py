"""All tags and filters in one library, so that settings can name it as builtin and templates load nothing."""

from django import template

from kim.web.templatetags import cards, charts, form_parts, formats, ui

register = template.Library()
for library in (formats, ui, form_parts, charts, cards):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
