"""The demo's page, made once at the start; jinja2 fills in what only the running bot knows."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"


def demo(officer_code: str | None, *, clock: bool = False) -> Route:
    """The page with the phones; without a code there is no officer's phone on it.

    Nothing of the clock that can be turned is on it where there is none.
    """
    folder = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined)
    page = environment.get_template("demo.html").render(officer_code=officer_code, clock=clock)

    async def demo_page(_request: Request) -> HTMLResponse:
        return HTMLResponse(page)

    return Route("/", demo_page)
