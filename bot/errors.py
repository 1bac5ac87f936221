"""Refusals in words: an alert on a tap, a message otherwise. The one place that does it."""

from keyboards.screen import Toast
from locales import Translator
from services.errors import Refusal


async def worded(t: Translator, refusal: Refusal) -> Toast:
    return Toast(t.label(refusal.text_id, **refusal.values), alert=True)


async def trouble(t: Translator) -> Toast:
    """Our own fault: said plainly, with what to do."""
    return Toast(t.label("error-trouble"), alert=True)
