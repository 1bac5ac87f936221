class Refusal(Exception):
    """A rule said no. `text_id` names the sentence the person reads; `values` fill it."""

    text_id = "error-refused"

    def __init__(self, **values: str | int) -> None:
        # The values stay out of the message: a log must not learn what a person typed.
        super().__init__(self.text_id)
        self.values = values


class NotFound(Refusal):
    text_id = "error-not-found"


class Forbidden(Refusal):
    text_id = "error-forbidden"
