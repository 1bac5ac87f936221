"""Refusals in words: an alert on a tap, a message otherwise. The one place that does it."""

from handlers.scene import Scene
from keyboards import system
from keyboards.screen import Toast
from services.errors import Refusal

assert system  # how admins are told is registered


async def worded(refusal: Refusal, scene: Scene) -> Toast:
    return Toast(scene.t.label(refusal.text_id, **refusal.values), alert=True)


async def trouble(scene: Scene) -> Toast:
    """Our own fault: said plainly, with what to do."""
    return Toast(scene.t.label("error-trouble"), alert=True)
