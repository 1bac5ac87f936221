from datetime import datetime

from keyboards.screen import Picture, Reader, Screen, notice
from locales import Translator
from models.base import Session
from models.member import Member
from models.organisation import Organisation
from services.ages import is_young
from services.cards import Checked
from services.house import House


def card(t: Translator, member: Member, home: Organisation, house: House) -> Screen:
    """The picture, and everything on it once more as text."""
    since = t.day(home.day_of(member.joined_at))
    link = house.link(house.seal.pointer(member.id))
    words = {
        "title": t.label("cards-title"),
        "name": member.name,
        "organisation": home.name,
        "rows": [[t.label("cards-number"), member.number], [t.label("cards-since"), since]],
        "slogan": t.label("cards-slogan"),
        "link": link,
    }
    shown = {"name": member.name, "place": home.name, "number": member.number, "since": since}
    text = t("cards-caption", link=link, **shown)
    return Screen(text, picture=Picture("membership_card", words))


def checked(t: Translator, found: Checked, now: datetime) -> Screen:
    text = t("cards-valid" if found.valid else "cards-invalid", at=t.zoned(now))
    if found.member is None or found.organisation is None:
        return Screen(text)
    member, home = found.member, found.organisation
    details = t(
        "cards-details",
        name=member.name,
        place=home.name,
        number=member.number,
        since=t.day(home.day_of(member.joined_at)),
        young="yes" if found.valid and is_young(member.born_on, home.day_of(now)) else "no",
        left=t.day(home.day_of(member.left_at)) if member.left_at else "no",
    )
    return Screen(f"{text}\n\n{details}")


@notice("card-issued")
async def issued(session: Session, to: Reader, member_id: int) -> Screen | None:
    member, home = to.actor.member, to.actor.organisation
    if member is None or home is None or member.id != member_id:
        return None
    return card(to.t, member, home, to.house)
