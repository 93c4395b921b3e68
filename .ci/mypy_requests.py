"""Tells mypy what our middleware hangs on every request, so that views need no request class of their own."""

from collections.abc import Callable

from mypy.nodes import MDEF, SymbolTableNode, Var
from mypy.plugin import ClassDefContext, Plugin
from mypy.types import AnyType, TypeOfAny

REQUESTS = ("django.http.request.HttpRequest", "django.core.handlers.wsgi.WSGIRequest")
HUNG = ("actor", "kim_slug", "user")  # the user too: a view behind @signed_in has no anonymous one


class Requests(Plugin):
    def get_customize_class_mro_hook(self, fullname: str) -> Callable[[ClassDefContext], None] | None:
        return hang if fullname in REQUESTS else None


def hang(context: ClassDefContext) -> None:
    info = context.cls.info
    for name in HUNG:
        variable = Var(name, AnyType(TypeOfAny.explicit))
        variable.info = info
        variable.is_initialized_in_class = True
        info.names[name] = SymbolTableNode(MDEF, variable)


def plugin(_version: str) -> type[Plugin]:
    return Requests
