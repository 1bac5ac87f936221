"""Marked-up texts: bytes in the errors, UTF-16 units in the entities."""

import pytest

from sandbox.entities import finished
from sandbox.markup_html import parse_html
from sandbox.markup_legacy import parse_legacy
from sandbox.markup_markdown import parse_markdown
from sandbox.refusals import Refused
from sandbox.wire import Wire

HTML_ERRORS = [
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    ("é<b", "Unclosed start tag at byte offset 2"),
    ("<b class='x", "Unclosed start tag at byte offset 0"),
    ("<b class='x'", "Unclosed start tag at byte offset 0"),
    ("<h1>y</h1>", 'Unsupported start tag "h1" at byte offset 0'),
    ("я<BR/>", 'Unsupported start tag "br/" at byte offset 2'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("é<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ("<b>x</b c>", "Unclosed end tag at byte offset 4"),
    ("<b>x<i>y</i>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ('я <span class="x">x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 3'),
    ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
    (
        "<a href>y</a>",
        'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
    ),
    ("<a href=a/b>y</a>", "Unexpected end of name token at byte offset 8"),
]
HTML_ENTITIES = [
    ("<b>я</b>", "я", [("bold", 0, 1)]),
    ("😀<i>😀</i>!", "😀😀!", [("italic", 2, 2)]),
    ("<b>a<i>b</i>c</b>", "abc", [("bold", 0, 3), ("italic", 1, 1)]),
    ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
    ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", i, 1) for i in range(3)]),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    (
        '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
        "ab",
        [("spoiler", 0, 1), ("spoiler", 1, 1)],
    ),
    ("<B>a</b >", "a", [("bold", 0, 1)]),
    ("<b></b>a", "a", []),
    ("<span class=tg-spoiler >a</span>", "a", [("spoiler", 0, 1)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("&lt;b&gt; &amp; &quot;&#33;&#x1F600;&nbsp;&", '<b> & "!😀&nbsp;&', []),
    ("  <b> a </b>  ", "a", [("bold", 0, 1)]),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<code>/a @abcd</code>", "/a @abcd", [("code", 0, 8)]),
    ("<b>/start</b>", "/start", [("bold", 0, 6), ("bot_command", 0, 6)]),
    ('<a href="нет">a</a>', "a", []),
]
DETAILS: list[tuple[str, Wire]] = [
    ('<a href="https://a.ru/?x=1&amp;y=2">a</a>', {"url": "https://a.ru/?x=1&y=2"}),
    ("<a href='a.ru'>a</a>", {"url": "http://a.ru"}),
    ("<a>https://a.ru</a>", {"type": "text_link", "url": "https://a.ru"}),
    ('<a href="tg://user?id=7">a</a>', {"type": "text_mention"}),
    ('<pre><code class="language-python">a</code></pre>', {"type": "pre", "language": "python"}),
    ('<code class="language-python"><pre>a</pre></code>', {"type": "pre", "language": "python"}),
    ('<tg-emoji emoji-id="5">😀</tg-emoji>', {"type": "custom_emoji", "custom_emoji_id": "5"}),
    ('<tg-time unix="7">a</tg-time>', {"type": "date_time", "unix_time": 7}),
]
RESERVED = "Character '{}' is reserved and must be escaped with the preceding '\\'"
MARKDOWN_ERRORS = [
    *((f"a{sign}b", RESERVED.format(sign)) for sign in "]()>#+-=|{}.!"),
    ("я*a", "Can't find end of Bold entity at byte offset 2"),
    ("_a", "Can't find end of Italic entity at byte offset 0"),
    ("```a", "Can't find end of Pre entity at byte offset 0"),
    ("[a](b", "Can't find end of a URL at byte offset 3"),
]
MARKDOWN_ENTITIES = [
    ("*a* _b_ __c__", "a b c", [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1)]),
    ("~a~ ||b|| `c*`", "a b c*", [("strikethrough", 0, 1), ("spoiler", 2, 1), ("code", 4, 2)]),
    ("*a _b_*", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
    ("😀 *a*", "😀 a", [("bold", 3, 1)]),
    ("a\\.\\*\\\\", "a.*\\", []),
    ("```python\na.b```", "a.b", [("pre", 0, 3)]),
    ("_a __b___", "a b", [("italic", 0, 3), ("underline", 2, 1)]),
    ("**a\\", "a\\", []),
    ("a\n>b", "a\nb", [("blockquote", 2, 1)]),
    ("a\nb", "a\nb", []),
    (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
    ("[a\\.b](https://a\\.ru)", "a.b", [("text_link", 0, 3)]),
    ("![😀](tg://emoji?id=5)", "😀", [("custom_emoji", 0, 2)]),
]
LEGACY_ENTITIES = [
    ("*a* _b_ `c`", "a b c", [("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1)]),
    ("```python\na.b``` \\_", "a.b _", [("pre", 0, 3)]),
    ("😀 [a](https://a.ru) [b]", "😀 a b", [("text_link", 3, 1)]),
    ("a. (b) - ** c", "a. (b) -  c", []),
]
FOUND = [
    ("/start now", [("bot_command", 0, 6)]),
    ("/start@sila_bot, /a", [("bot_command", 0, 15), ("bot_command", 17, 2)]),
    ("и/или a/b", []),
    ("😀 @anna_s", [("mention", 3, 7)]),
    ("почта a.b@c.ru", [("email", 6, 8)]),
    ("смотри https://a.ru/x?y=1.", [("url", 7, 18)]),
    ("сайт sila.ru!", [("url", 5, 7)]),
    ("#Явка_2026 #12", [("hashtag", 0, 10)]),
]


def short(entities: list[Wire]) -> list[tuple[str, int, int]]:
    return [(mark["type"], mark["offset"], mark["length"]) for mark in entities]


@pytest.mark.parametrize(("source", "text"), HTML_ERRORS)
def test_wrong_html_is_refused_at_its_byte(source: str, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {text}"


@pytest.mark.parametrize(("source", "plain", "entities"), HTML_ENTITIES)
def test_html_becomes_text_and_entities(
    source: str, plain: str, entities: list[tuple[str, int, int]]
) -> None:
    read = finished(*parse_html(source))
    assert (read.plain, short(read.entities)) == (plain, entities)


@pytest.mark.parametrize(("source", "details"), DETAILS)
def test_html_attributes_are_kept(source: str, details: Wire) -> None:
    [entity] = parse_html(source).entities
    assert entity | details == entity


@pytest.mark.parametrize(("source", "text"), MARKDOWN_ERRORS)
def test_wrong_markdown_is_refused(source: str, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_markdown(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {text}"


@pytest.mark.parametrize(("source", "plain", "entities"), MARKDOWN_ENTITIES)
def test_markdown_becomes_text_and_entities(
    source: str, plain: str, entities: list[tuple[str, int, int]]
) -> None:
    read = finished(*parse_markdown(source))
    assert (read.plain, short(read.entities)) == (plain, entities)


@pytest.mark.parametrize(("source", "plain", "entities"), LEGACY_ENTITIES)
def test_the_old_markdown_becomes_text_and_entities(
    source: str, plain: str, entities: list[tuple[str, int, int]]
) -> None:
    read = finished(*parse_legacy(source))
    assert (read.plain, short(read.entities)) == (plain, entities)


def test_the_old_markdown_is_refused_where_it_began() -> None:
    with pytest.raises(Refused, match="Can't find end of the entity starting at byte offset 3"):
        parse_legacy("я _a")


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_links_commands_and_mentions_are_found(
    text: str, entities: list[tuple[str, int, int]]
) -> None:
    assert short(finished(text, []).entities) == entities
