"""Refusals, word for word as the Bot API gives them."""

from sandbox.wire import Wire


class Refused(Exception):
    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def body(self) -> Wire:
        body: Wire = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(text: str, **parameters: int) -> Refused:
    return Refused(400, "Bad Request: " + _as_clause(text), **parameters)


def forbidden(text: str) -> Refused:
    return Refused(403, "Forbidden: " + text)


def conflict(text: str) -> Refused:
    return Refused(409, "Conflict: " + text)


def too_large() -> Refused:
    return Refused(413, "Request Entity Too Large")


def flooded(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _as_clause(text: str) -> str:
    """Codes such as `TOPIC_CLOSED` keep their capitals, sentences lose the first one."""
    if len(text) > 1 and (text[1] == "_" or text[1].isupper()):
        return text
    return text[:1].lower() + text[1:]
