"""The people of the demo: invented, each with one line on who they are."""

from typing import NamedTuple

from sandbox.world import World

ADMIN = 2005


class Role(NamedTuple):
    id: int
    first: str
    last: str
    username: str
    phone: str
    note: str
    has_started: bool = True


ANNA = Role(
    2001,
    "Анна",
    "Смирнова",
    "anna_smirnova",
    "+79224560101",
    "Гость: хочет вступить в профсоюз",
    has_started=False,
)
PETER = Role(
    2002, "Пётр", "Ильин", "peter_ilyin", "+79224560102", "Председатель ППО «Тюменьэнерго»"
)
MARIA = Role(
    2003, "Мария", "Кузнецова", "maria_k", "+79224560103", "Член профсоюза, ППО «Тюменьэнерго»"
)
IGOR = Role(2004, "Игорь", "Титов", "igor_titov", "+79224560104", "Заявка на рассмотрении")
HELEN = Role(ADMIN, "Елена", "Орлова", "helen_orlova", "+79224560105", "Администратор союза")
OLEG = Role(2006, "Олег", "Власов", "oleg_vlasov", "+79224560106", "Организатор: Тюмень")

CAST = (ANNA, PETER, MARIA, IGOR, HELEN, OLEG)


def people_of(world: World) -> None:
    for one in CAST:
        world.add_person(
            one.id,
            one.first,
            last_name=one.last,
            username=one.username,
            phone=one.phone,
            note=one.note,
        )
