"""Dialog state in the update's own transaction: it is committed, or undone, with the rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from models.base import Session
from models.mail import Dialog


class SessionStorage(BaseStorage):
    def __init__(self, session: Session, now: datetime, known: dict[str, Dialog | None]) -> None:
        self._session = session
        self._now = now
        self._known = known

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._keep(key, state=state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        row = await self._find(key)
        return row.state if row else None

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._keep(key, data=dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        row = await self._find(key)
        return dict(row.data) if row else {}

    async def close(self) -> None:
        """The session belongs to the transaction, which closes it."""

    async def _find(self, key: StorageKey) -> Dialog | None:
        name = _name(key)
        if name not in self._known:
            self._known[name] = await self._session.get(Dialog, name)
        return self._known[name]

    async def _keep(self, key: StorageKey, **change: Any) -> None:
        row = await self._find(key)
        if row is None:
            if not any(change.values()):
                return  # nothing was being asked, and nothing is now
            row = self._known[_name(key)] = Dialog(key=_name(key), state=None, data={})
            self._session.add(row)
        for name, value in change.items():
            setattr(row, name, value)
        row.changed_at = self._now


def dialog_of(
    session: Session, now: datetime, chat_id: int, user_id: int, known: Dialog | None
) -> FSMContext:
    """`known`: its row as it was read with the person; None when there is none."""
    key = StorageKey(bot_id=0, chat_id=chat_id, user_id=user_id)
    return FSMContext(SessionStorage(session, now, {_name(key): known}), key)


def _name(key: StorageKey) -> str:
    return Dialog.name(key.chat_id, key.user_id)
