"""`python -m sandbox`: a Telegram for one bot, on this machine only."""

import click
from aiohttp import web

from sandbox.server import make_app
from sandbox.world import World


@click.command()
@click.option("--port", default=8081, show_default=True)
@click.option("--token", default="42:SANDBOX", show_default=True, help="The bot's token.")
@click.option("--flood", is_flag=True, help="Telegram's flood limits: 429 to whoever is too fast.")
def main(port: int, token: str, *, flood: bool) -> None:
    """Serves the Bot API and a chat page."""
    world = World(flood=flood)
    world.add_bot(token)
    world.add_person(1001, "Гость", phone="+79990001001", note="Ещё не писал боту")
    click.echo(f"http://127.0.0.1:{port}/")
    web.run_app(make_app(world), host="127.0.0.1", port=port, print=None, shutdown_timeout=0.1)


if __name__ == "__main__":
    main()
