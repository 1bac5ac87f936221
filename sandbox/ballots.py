"""One poll: what is asked, and who chose what."""

from dataclasses import dataclass, field

from sandbox.wire import Wire, present


@dataclass
class Poll:
    id: str
    bot_id: int
    question: Wire
    options: list[Wire]
    kind: str = "regular"
    anonymous: bool = True
    multiple: bool = False
    revoting: bool = True
    correct: list[int] = field(default_factory=list)
    explanation: Wire = field(default_factory=dict)
    open_period: int = 0
    close_date: int = 0
    closed: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)

    @property
    def wire(self) -> Wire:
        counts = [sum(n in chosen for chosen in self.votes.values()) for n in self._numbers]
        options = [
            {"persistent_id": str(n), "voter_count": counts[n], **self.options[n]}
            for n in self._numbers
        ]
        always: Wire = {
            "id": self.id,
            **self.question,
            "options": options,
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.multiple,
            "allows_revoting": self.revoting,
            "members_only": False,
        }
        return always | self._quiz | present(open_period=self.open_period or None) | self._end

    @property
    def _numbers(self) -> range:
        return range(len(self.options))

    @property
    def _quiz(self) -> Wire:
        if self.kind != "quiz":
            return {}
        # The old field beside the new one, as Telegram keeps them.
        return {"correct_option_ids": self.correct, "correct_option_id": self.correct[0]} | (
            self.explanation
        )

    @property
    def _end(self) -> Wire:
        return {"close_date": self.close_date} if self.close_date else {}
