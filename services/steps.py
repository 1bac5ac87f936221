"""The way in, one question after the other."""

from enum import StrEnum


class Step(StrEnum):
    CONSENT = "consent"
    NAME = "name"
    BORN = "born"
    PHONE = "phone"
    ORGANISATION = "organisation"
    REVIEW = "review"


ORDER = tuple(Step)
ANSWERS = {
    "name": Step.NAME,
    "born_on": Step.BORN,
    "phone": Step.PHONE,
    "phone_verified": Step.PHONE,
    "organisation_id": Step.ORGANISATION,
}


def before(step: Step, first_open: Step) -> Step | None:
    """Where «back» leads; to the review when only one answer is being changed."""
    if first_open is Step.REVIEW and step is not Step.REVIEW:
        return Step.REVIEW
    place = ORDER.index(step)
    return ORDER[place - 1] if place else None


def reachable(step: Step, first_open: Step) -> Step:
    """The step asked for, unless an earlier one is still unanswered."""
    return min(step, first_open, key=ORDER.index)
