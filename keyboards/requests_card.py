"""What an application says of itself to those who decide on it."""

from datetime import datetime
from enum import StrEnum

from keyboards.organisations import named
from locales import Translator
from models.application import Application
from models.role import Role
from services import matches
from services.ages import full_years, is_young
from services.requests import Request


class Reason(StrEnum):
    NOT_HERE = "not-here"
    DOUBLE = "double"
    WRONG = "wrong"


REASONS = {reason: f"requests-reason-{reason}" for reason in Reason}


def words(t: Translator, request: Request, now: datetime) -> str:
    parts = [_who(t, request, now), _register(t, request), *_doubles(t, request)]
    if not request.waits:
        parts.append(_decision(t, request))
    elif request.application.remark:
        parts.append(_corrected(t, request.application))
    return "\n\n".join(parts)


def reason_text(t: Translator, remark: str | None) -> str:
    """A reason from the list is kept by name, and read in the reader's own language."""
    remark = remark or ""
    return t.label(remark) if remark in REASONS.values() else remark


def _who(t: Translator, request: Request, now: datetime) -> str:
    application, born = request.application, request.application.born_on
    today = request.organisation.day_of(now)
    came = request.invitation
    return t(
        "requests-who",
        name=application.name or "",
        age=full_years(born, today) if born else 0,
        born=t.day(born) if born else "",
        young="yes" if born and is_young(born, today) else "no",
        phone=t.phone(application.phone or ""),
        verified="yes" if application.phone_verified else "no",
        place=named(t, request.organisation, request.twins),
        came="invited" if came else "self",
        label=(came.label if came else None) or "none",
        inviter=request.invited_by or "none",
        since=t.moment(application.submitted_at or application.started_at),
        days=request.waiting_days,
    )


def _register(t: Translator, request: Request) -> str:
    match = request.match
    differences = ", ".join(t.label(f"requests-differs-{field}") for field in match.differences)
    number = match.entry.number if match.entry else ""
    said = t(f"requests-register-{match.verdict}", number=number, differences=differences)
    return f"{said} {t('requests-register-offer', number=number)}" if request.offer else said


def _doubles(t: Translator, request: Request) -> list[str]:
    match, parts = request.match, [*_former(t, request), *_rejected(t, request)]
    if match.member is not None and match.member_of is not None:
        member = match.member
        parts.append(
            t(
                "requests-perhaps",
                name=member.name,
                number=member.number,
                place=match.member_of.name,
                matched="phone" if match.by_phone_alone else "person",
            )
        )
    if match.also_applied:
        parts.append(t("requests-also-applied"))
    return parts


def _former(t: Translator, request: Request) -> list[str]:
    member, home = request.match.former, request.match.former_of
    if member is None or member.left_at is None or home is None:
        return []
    same = matches.is_same(request.application, member)
    text = t(
        "requests-former" if same else "requests-former-other",
        name=member.name,
        number=member.number,
        place=home.name,
        left=t.day(home.day_of(member.left_at)),
    )
    return [text]


def _rejected(t: Translator, request: Request) -> list[str]:
    before = request.match.rejected
    if before is None or before.decided_at is None:
        return []
    at = t.moment(before.decided_at)
    return [t("requests-rejected-before", at=at, reason=reason_text(t, before.remark))]


def _corrected(t: Translator, application: Application) -> str:
    changed = ", ".join(t.label(f"requests-differs-{answer}") for answer in application.changed)
    return t("requests-corrected", remark=application.remark or "", changed=changed or "none")


def resolution(t: Translator, application: Application) -> str:
    """Of the committee; empty where none was noted."""
    if application.resolved_on is None:
        return ""
    number, day = application.resolution_number or "", t.day(application.resolved_on)
    return t.label("requests-resolution", number=number, day=day)


def _decision(t: Translator, request: Request) -> str:
    application, who = request.application, request.decided_by or ""
    return t(
        f"requests-decided-{application.state}",
        who=t.label(f"requests-by-{who}") if who in list(Role) else who,
        at=t.moment(application.decided_at or application.started_at),
        number=request.number or "none",
        remark=reason_text(t, application.remark),
        resolution=resolution(t, application) or "none",
    )
