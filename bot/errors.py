"""Refusals in words: an alert on a tap, a message otherwise. The one place that does it."""

from handlers.scene import Stage
from keyboards import system
from keyboards.screen import Toast
from services.errors import Refusal

assert system  # how admins are told is registered


async def worded(refusal: Refusal, scene: Stage) -> Toast:
    return Toast(scene.t.label(refusal.text_id, **refusal.values), alert=True)


async def trouble(scene: Stage) -> Toast:
    """Our own fault: said plainly, with what to do."""
    return Toast(scene.t.label("error-trouble"), alert=True)
