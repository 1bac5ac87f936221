"""A bot like any other: it knows nothing of the sandbox."""

from aiogram import Dispatcher, F
from aiogram.filters import Command, CommandStart
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

YES = InlineKeyboardButton(text="Да", callback_data="yes")


async def start(message: Message) -> None:
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[YES]])
    await message.answer("Привет, <b>друг</b>", parse_mode="HTML", reply_markup=keyboard)


async def agree(query: CallbackQuery) -> None:
    if isinstance(query.message, Message):
        await query.message.edit_text("Договорились")
    await query.answer("Спасибо")


async def direct(message: Message) -> SendMessage:
    return SendMessage(chat_id=message.chat.id, text="Ответ в ответе")


async def echo(message: Message) -> None:
    await message.reply(message.text or "Что это?")


def dispatcher() -> Dispatcher:
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    dispatcher.message.register(direct, Command("direct"))
    dispatcher.message.register(echo)
    dispatcher.callback_query.register(agree, F.data == "yes")
    return dispatcher
