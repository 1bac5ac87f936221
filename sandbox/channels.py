"""Channels: their posts are handed on into the group that talks them over."""

from sandbox.accounts import Chat
from sandbox.post import copied, origin
from sandbox.presence import Presence
from sandbox.wire import Wire, present

# Telegram's own accounts that sign for those who do not sign themselves.
TELEGRAM: Wire = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
ANONYMOUS: Wire = {
    "id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot",
}  # fmt: skip
CHANNEL: Wire = {
    "id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot",
}  # fmt: skip


class Channels(Presence):
    def pass_on(self, channel: Chat, post: Wire) -> None:
        """A post of a linked channel appears in its group, sent by Telegram itself."""
        content = copied(post)
        group = channel.linked
        if not channel.channel or group is None or not content:
            return
        message = self.post(
            group,
            TELEGRAM,
            sender_chat=channel.wire,
            is_automatic_forward=True,
            forward_origin=origin(post),
            **content,
            **present(media_group_id=post.get("media_group_id")),
        )
        self.tell_bots(group, "message", message)

    def follow(self, channel: Chat, post: Wire) -> None:
        """An edited post changes in its group, too."""
        group = channel.linked
        if not channel.channel or group is None:
            return
        for message in list(group.messages.values()):
            if message.get("is_automatic_forward") and _from(message) == post["message_id"]:
                kept = {key: message[key] for key in message if key not in copied(message)}
                edited = kept | copied(post) | {"edit_date": self.now}
                self.tell_bots(group, "edited_message", self.put(group, edited))


def _from(message: Wire) -> int:
    return int(message["forward_origin"]["message_id"])


def signature(chat: Chat, speaker: Chat) -> Wire:
    """How one signs who writes in the name of a chat: of the group itself or of a channel."""
    sender = ANONYMOUS if speaker is chat else CHANNEL
    return {"from": sender, "sender_chat": speaker.wire}
