"""News as its author sees it: the card of a draft, what readers will get, how sending goes."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards import posts_channels, posts_sending
from keyboards.posts_choices import Channels, Open, Rubrics, Targets, When, Whom, keep
from keyboards.posts_correcting import Correct
from keyboards.posts_parts import TEASER, beside, first_line, parts, teaser
from keyboards.posts_review import TakeBack, decisions, submit
from keyboards.screen import Button, Page, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.organisation import Organisation
from models.post import Post, Standing
from services import posts, posts_cards
from services.access import Actor
from services.errors import Refusal
from services.paging import Paged
from services.posts import Draft
from services.posts_publishing import LONGEST

LISTED = 3  # organisations or channels named on a card


class New(CallbackData, prefix="po.new"):
    organisation_id: int


class Places(CallbackData, prefix="po.places"):
    page: int


class Listed(CallbackData, prefix="po.list"):
    """News that is out, or is not yet."""

    out: bool
    page: int


class Rewrite(CallbackData, prefix="po.rewrite"):
    post_id: int


class Preview(CallbackData, prefix="po.preview"):
    post_id: int


class Publish(CallbackData, prefix="po.publish"):
    post_id: int
    read: int


class Discard(CallbackData, prefix="po.discard"):
    post_id: int
    sure: bool


class Withdraw(CallbackData, prefix="po.withdraw"):
    post_id: int
    sure: bool


class History(CallbackData, prefix="po.history"):
    post_id: int


def start(
    t: Translator, open_ones: Paged[Post], published: Paged[Post], found: Paged[Organisation]
) -> Screen:
    """Unfinished news first, then where a new one would be from."""
    begun = []
    for ones, out in ((open_ones, False), (published, True)):
        begun += [[_row(t, one)] for one in ones.items]
        if ones.last:
            label = t.label("posts-list-all", out="yes" if out else "no", count=ones.total)
            begun.append([Tap(label, Listed(out=out, page=0))])
    places = [
        [Tap(t.label("posts-new-for", place=one.name), New(organisation_id=one.id))]
        for one in found.items
    ]
    page = Page(places, found.page, found.last, lambda number: Places(page=number))
    text = t("posts-start-open" if begun else "posts-start")
    return Screen(text, buttons=[*begun, *page.buttons()])


def listed(t: Translator, found: Paged[Post], *, out: bool) -> Screen:
    """All of one kind, a page at a time."""
    rows = [[_row(t, one)] for one in found.items]
    page = Page(rows, found.page, found.last, lambda number: Listed(out=out, page=number))
    back = Tap(t.label("posts-keep"), Places(page=0))
    text = t("posts-list", out="yes" if out else "no")
    return Screen(text, buttons=[*page.buttons(), [back]])


def ask_content(t: Translator, place: Organisation) -> Screen:
    return Screen(t("posts-ask-content", place=place.name))


def ask_again(t: Translator, post: Post) -> Screen:
    return Screen(t("posts-ask-rewrite"), buttons=[[keep(t, post.id)]])


def left_out(t: Translator, post_id: int, rest: str) -> Screen:
    """Of a text that Telegram has parted."""
    begins = first_line(rest, TEASER)
    return Screen(t("posts-left-out", begins=begins, limit=LONGEST), buttons=[[keep(t, post_id)]])


def only_a_part(t: Translator) -> Screen:
    """Of an album that /post was said in reply to: the others are nowhere to be found."""
    return Screen(t("posts-only-a-part"))


def came_late(t: Translator) -> Screen:
    """A part of an album that is on its way to readers without it."""
    return Screen(t("posts-came-late"))


def preview(t: Translator, draft: Draft) -> list[Screen]:
    """Just what readers will see, and the card under it."""
    shown = [screen.apart() for screen in parts(t, draft.post, draft.organisation.name)]
    return [*shown, card(t, draft)]


async def show(
    session: Session, actor: Actor, t: Translator, post_id: int, *, now: datetime
) -> Screen:
    return card(t, await posts.get_for(session, actor, post_id, now=now))


def card(t: Translator, draft: Draft) -> Screen:
    post = draft.post
    lines = [t("posts-card", **_facts(t, draft))]
    if draft.progress is not None:
        lines.append(posts_sending.sending(t, draft.progress))
    if post.published_at:
        lines.append(posts_sending.reach_line(t, post, draft.reach))
    return Screen(
        "\n\n".join(lines),
        buttons=_buttons(t, draft),
        place=posts_cards.place_of(post.id),
    )


def sure(t: Translator, post: Post, what: str) -> Screen:
    """`what`: discard or withdraw."""
    yes: CallbackData = (
        Discard(post_id=post.id, sure=True)
        if what == "discard"
        else Withdraw(post_id=post.id, sure=True)
    )
    rows = [[Tap(t.label(f"posts-{what}-yes"), yes)], [keep(t, post.id)]]
    return beside(post, Screen(t(f"posts-sure-{what}", teaser=teaser(post)), buttons=rows))


def gone(t: Translator) -> Screen:
    return Screen(t("posts-discarded"))


def history(t: Translator, number: int, lines: Sequence[tuple[datetime, str, str]]) -> Screen:
    told = "\n".join(
        t(
            "posts-history-line",
            at=t.moment(at),
            what=t.label(f"posts-did-{what}"),
            who=who or "none",
        )
        for at, what, who in lines
    )
    text = t("posts-history") + "\n\n" + told
    return Screen(text, buttons=[[keep(t, number)]]).apart()


@notice(posts_cards.CARD)
async def card_notice(session: Session, to: Reader, post_id: int) -> Screen | None:
    try:
        return await show(session, to.actor, to.t, post_id, now=to.now)
    except Refusal as refusal:
        return Screen(to.t(refusal.text_id, **refusal.values)) if to.shown else None


def _row(t: Translator, post: Post) -> Tap:
    label = t.label("posts-row", standing=post.standing, teaser=teaser(post, 40) or "…")
    return Tap(label, Open(post_id=post.id))


def _facts(t: Translator, draft: Draft) -> dict[str, str | int]:
    post, zone = draft.post, ZoneInfo(draft.organisation.timezone)
    named = [one.name for one in draft.targets[:LISTED]]
    return {
        "standing": post.standing,
        "place": draft.organisation.name,
        "rubrics": ", ".join(one.title for one in draft.rubrics) or "none",
        "audience": post.audience,
        "targets": "all" if draft.targets[:1] == [draft.organisation] else ", ".join(named),
        "others": max(0, len(draft.targets) - LISTED),
        "timing": post.timing,
        "due": t.span(post.due_at, None, zone, post.changed_at) if post.due_at else "—",
        "city": t.city(zone.key),
        "recipients": draft.recipients,
        "channels": posts_channels.named(t, draft) or "none",
        "remark": post.remark or "none",
        "author": draft.author or "—",
        "media": len(post.media),
    }


def _buttons(t: Translator, draft: Draft) -> list[list[Button]]:
    number = draft.post.id
    history_tap = Tap(t.label("posts-history-open"), History(post_id=number))
    preview_tap, when = _preview(t, number), _when(t, number)
    match draft.post.standing:
        case Standing.DRAFT | Standing.RETURNED:
            return [*_choices(t, number, draft), *_ways_on(t, draft), [history_tap]]
        case Standing.REVIEW:
            post, may = draft.post, draft.may_publish
            ways = decisions(t, post, _publish(t, post), _discard(t, number), may=may)
            return [[preview_tap, when] if may else [preview_tap], *ways, [history_tap]]
        case Standing.SCHEDULED:
            back = Tap(t.label("posts-to-draft"), TakeBack(post_id=number))
            return [[preview_tap, when], [back], [_discard(t, number)], [history_tap]]
        case Standing.PUBLISHED:
            return [
                *(posts_sending.steering(t, number, draft.progress) if draft.may_publish else ()),
                *_afterwards(t, draft),
                [
                    Tap(t.label("posts-reach-open"), posts_sending.Reached(post_id=number)),
                    Tap(t.label("posts-refresh"), Open(post_id=number)),
                ],
                [history_tap],
            ]
        case Standing.WITHDRAWN if draft.may_publish:
            return [*posts_channels.again(t, draft), [history_tap]]
    return [[history_tap]]


def _choices(t: Translator, number: int, draft: Draft) -> list[list[Button]]:
    rows: list[list[Button]] = [
        [
            Tap(t.label("posts-rubrics"), Rubrics(post_id=number)),
            Tap(t.label("posts-audience"), Whom(post_id=number)),
        ],
        [
            Tap(t.label("posts-targets"), Targets(post_id=number, page=0)),
            _when(t, number),
        ],
    ]
    if draft.channels:
        rows.append([Tap(t.label("posts-channels"), Channels(post_id=number))])
    return rows


def _ways_on(t: Translator, draft: Draft) -> list[list[Button]]:
    number = draft.post.id
    change = Tap(t.label("posts-rewrite"), Rewrite(post_id=number))
    out = _publish(t, draft.post) if draft.may_publish else submit(t, draft.post)
    return [[_preview(t, number), change], [out], [_discard(t, number)]]


def _afterwards(t: Translator, draft: Draft) -> list[list[Button]]:
    number = draft.post.id
    preview_tap = _preview(t, number)
    if not draft.may_publish:
        return [[preview_tap]]
    return [
        [
            Tap(t.label("posts-correct"), Correct(post_id=number)),
            Tap(t.label("posts-withdraw"), Withdraw(post_id=number, sure=False)),
        ],
        *posts_channels.again(t, draft),
        [preview_tap],
    ]


def _publish(t: Translator, post: Post) -> Tap:
    return Tap(t.label("posts-publish"), Publish(post_id=post.id, read=posts.version(post)))


def _when(t: Translator, number: int) -> Tap:
    return Tap(t.label("posts-when"), When(post_id=number))


def _preview(t: Translator, number: int) -> Tap:
    return Tap(t.label("posts-preview"), Preview(post_id=number))


def _discard(t: Translator, number: int) -> Tap:
    return Tap(t.label("posts-discard"), Discard(post_id=number, sure=False))
