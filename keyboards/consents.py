"""The consent: the text that is agreed to, and its words once more afterwards."""

from aiogram.filters.callback_data import CallbackData

from keyboards.screen import Screen, Tap
from locales import LANGUAGES, Translator
from models.application import Consent
from services import consents


class Read(CallbackData, prefix="cn.read"):
    pass


def text(t: Translator, operator: str) -> str:
    """As it is read, without markup: this is what a hash can prove."""
    return t.label("consents-text", operator=operator, version=consents.VERSION)


def shown(t: Translator, operator: str) -> str:
    return t("consents-text", operator=operator, version=consents.VERSION)


def given(t: Translator, consent: Consent) -> Screen:
    day = t.day(consent.given_at.astimezone(t.zone))
    words = t("consents-given", day=day, version=consent.version)
    return Screen(words, buttons=[[Tap(t.label("consents-read"), Read())]])


def agreed(t: Translator, operator: str, consent: Consent | None) -> Screen:
    """Word for word, in the language it was read in; where the text has changed, that is said."""
    if consent is None:
        return Screen(t("consents-none"))
    languages = (Translator(language, t.zone) for language in LANGUAGES)
    same = (one for one in languages if consents.digest(text(one, operator)) == consent.sha256)
    read = next(same, None)
    lead = t(
        "consents-agreed" if read else "consents-changed",
        at=t.day_and_time(consent.given_at),
        version=consent.version,
        now=consents.VERSION,
    )
    return Screen(f"{lead}\n\n{shown(read or t, operator)}")
