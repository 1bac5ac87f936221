from datetime import datetime

from keyboards.screen import Picture, Reader, Screen, notice
from locales import Translator
from models.base import Session
from models.member import Member
from models.organisation import Organisation
from services.ages import is_young
from services.cards import Checked
from services.house import House


def card(t: Translator, member: Member, organisation: Organisation | None, house: House) -> Screen:
    """The picture, and everything on it once more as text."""
    place = organisation.name if organisation else ""
    since = t.day(member.joined_at.astimezone(t.zone))
    link = house.link(house.seal.pointer(member.id))
    words = {
        "title": t.label("cards-title"),
        "name": member.name,
        "organisation": place,
        "rows": [[t.label("cards-number"), member.number], [t.label("cards-since"), since]],
        "slogan": t.label("cards-slogan"),
        "link": link,
    }
    shown = {"name": member.name, "place": place, "number": member.number, "since": since}
    text = t("cards-caption", link=link, **shown)
    return Screen(text, picture=Picture("membership_card", words))


def checked(t: Translator, found: Checked, now: datetime) -> Screen:
    text = t("cards-valid" if found.valid else "cards-invalid", at=t.zoned(now))
    if found.member is None or found.organisation is None:
        return Screen(text)
    member, today = found.member, now.astimezone(t.zone).date()
    details = t(
        "cards-details",
        name=member.name,
        place=found.organisation.name,
        number=member.number,
        since=t.day(member.joined_at.astimezone(t.zone)),
        young="yes" if found.valid and is_young(member.born_on, today) else "no",
        left=t.day(member.left_at.astimezone(t.zone)) if member.left_at else "no",
    )
    return Screen(f"{text}\n\n{details}")


@notice("card-issued")
async def issued(session: Session, to: Reader, member_id: int) -> Screen | None:
    member = to.actor.member
    if member is None or member.id != member_id:
        return None
    return card(to.t, member, to.actor.organisation, to.house)
