"""Values of the model in prose: ``{{ output.aandacht.actual }}``.

Prose is untrusted input. An expression runs in Jinja's sandbox, sees records through `View`, which
shows their fields and nothing else, and cannot compute with ``*`` or build large text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from evalkit.errors import Problem
from evalkit.language.capital import capital
from evalkit.language.numbers import Language, spell
from evalkit.language.suggest import did_you_mean
from evalkit.report.text.arithmetic import difference, ratio, share
from evalkit.report.text.view import MissingValueError, ProseValueError, View, quantity_of, view

_EXPRESSION = re.compile(r"\{\{([^{}]*)\}\}")
_STATEMENT = re.compile(r"\{%[^%{}]*%\}")
_LEFT = re.compile(r"\{\{|\}\}")
_OPEN, _CLOSE = "\ue000", "\ue001"  # private use characters: they survive Markdown unread
_MARK = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
SIGNED = ("\ue00a", "\ue00b")
"""What stands around the number of a value that was signed."""

_LONGEST = 500  # characters of an expression, and of what it prints
_FUNCTIONS = {"share": share, "ratio": ratio, "difference": difference}


@dataclass(frozen=True, slots=True)
class Printed:
    """A value as it was printed, and the expression that it came from."""

    expression: str
    text: str
    file: str
    line: int
    names: Mapping[str, object] = field(default_factory=dict, repr=False, compare=False)


@dataclass(slots=True)
class Values:
    """Fills expressions in prose, and keeps what each became.

    What an expression misses is not told of when it is `excused`.
    """

    lang: Language
    excused: Callable[[MissingValueError], bool] = lambda _: False
    printed: list[Printed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fill(self, text: str, names: Mapping[str, object], file: str, line: int = 1) -> str:
        """Replace each expression by a mark, which is not Markdown and never read as such.

        Parameters
        ----------
        text
            Prose with ``{{ … }}``.
        names
            What the expressions may speak of.
        file, line
            Where the text begins, for messages.
        """
        breaks = [found.start() for found in re.finditer("\n", text)]

        def line_of(found: re.Match[str]) -> int:
            return line + bisect_left(breaks, found.start())

        for found in _STATEMENT.finditer(text):
            at = line_of(found)
            hint = "prose takes values between {{ and }} only"
            self.problems.append(Problem(file, at, f"'{found[0][:40]}' is not a value", hint))
        for found in _LEFT.finditer(_EXPRESSION.sub(lambda one: " " * len(one[0]), text)):
            at = line_of(found)
            hint = "a value stands between {{ and }}"
            self.problems.append(Problem(file, at, f"'{found[0]}' stands alone", hint))
        scope = {name: view(value, self.lang, name) for name, value in names.items()}

        def replaced(found: re.Match[str]) -> str:
            mark = self._one(found[1].strip(), scope, Problem(file, line_of(found), ""), names)
            return mark + "\n" * found[0].count("\n")

        return _EXPRESSION.sub(replaced, text)

    def _one(
        self,
        expression: str,
        scope: Mapping[str, object],
        at: Problem,
        names: Mapping[str, object],
    ) -> str:
        try:
            text = evaluate(expression, scope, self.lang)
        except ProseValueError as problem:
            if not (isinstance(problem, MissingValueError) and self.excused(problem)):
                self.problems.append(Problem(at.file, at.line, str(problem), problem.hint))
            text = "?"
        self.printed.append(Printed(expression, text, at.file, at.line, names))
        return f"{_OPEN}{len(self.printed) - 1}{_CLOSE}"

    def signed(self, html: str) -> str:
        """Write behind each mark which value it is, to be found again in finished markup."""
        return _MARK.sub(lambda found: f"{found[0]}{SIGNED[0]}{found[1]}{SIGNED[1]}", html)

    def finish(self, html: str) -> str:
        """Put the printed values in the place of their marks, escaped."""
        return _MARK.sub(lambda found: escape(self.printed[int(found[1])].text, quote=True), html)


def evaluate(expression: str, scope: Mapping[str, object], lang: Language) -> str:
    """Print one expression.

    Raises
    ------
    ProseValueError
        It names something that is not there, or does what prose may not do.
    """
    if len(expression) > _LONGEST:
        raise ProseValueError("the expression is too long")
    try:
        text = _environment(lang).from_string(f"{{{{ {expression} }}}}").render(scope)
    except TemplateSyntaxError as error:
        raise ProseValueError(f"'{expression}' is not a value: {error.message}") from None
    except SecurityError:
        raise ProseValueError(f"'{expression}' is not allowed in prose") from None
    except UndefinedError as error:
        known = [*scope, *_FUNCTIONS]
        name = re.sub(r".*'([^']+)' is undefined.*", r"\1", str(error))
        raise ProseValueError(f"no value '{name}'", did_you_mean(name, known)) from None
    except (RecursionError, SyntaxError, MemoryError):
        raise ProseValueError(f"'{expression[:40]}…' is too involved") from None
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
        raise ProseValueError(f"'{expression}' cannot be printed: {error}") from None
    if any("\ud800" <= sign <= "\uf8ff" for sign in text):
        raise ProseValueError(f"'{expression[:40]}' prints a sign that has no meaning")
    if len(text) > _LONGEST:
        raise ProseValueError(f"'{expression}' prints more than {_LONGEST} characters")
    return text


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox that also refuses to multiply: ``'a' * 10**9`` would fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%", "//", "/", "+", "-"})

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow our own functions only: methods of text could fill the memory."""
        return obj in self.globals.values()

    def call_binop(self, _context: Any, operator: str, *_operands: Any) -> Any:
        hint = "use share(a, b), difference(a, b) or ratio(a, b), or compute it in the case file"
        raise ProseValueError(f"prose does not calculate with '{operator}'", hint)


@cache
def _environment(lang: Language) -> _Environment:
    env = _Environment(undefined=StrictUndefined, autoescape=False)
    env.globals.clear()
    env.filters.clear()
    env.tests.clear()
    env.globals.update({name: _bound(function, lang) for name, function in _FUNCTIONS.items()})
    env.filters.update(
        length=len,
        words=lambda value: spell(_whole(value), lang),
        number=lambda value: quantity_of(value).number(lang),
        short=lambda value: quantity_of(value).short(lang),
        capitalize=lambda value: capital(str(value)),
        lower=lambda value: str(value).lower(),
    )
    return env


def _whole(value: object) -> int:
    quantity = quantity_of(value)
    amount = quantity.amount
    if amount is None or amount.denominator != 1 or quantity.upto is not None:
        raise ProseValueError(f"'{quantity}' cannot be written as a word", "print it as it is")
    return int(amount)


def _bound(function: Any, lang: Language) -> Any:
    def call(left: object, right: object, **options: Any) -> View:
        return View(
            function(quantity_of(left), quantity_of(right), **options), lang, function.__name__
        )

    return call
