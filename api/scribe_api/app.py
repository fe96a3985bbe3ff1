"""The web application."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

import scribe_api.routes.analyze
import scribe_api.routes.codes
import scribe_api.routes.fhir
import scribe_api.routes.form
import scribe_api.routes.health
import scribe_api.routes.hl7v2
from scribe import __version__
from scribe_api.access import Gate
from scribe_api.contract import WebhookDocument  # noqa: TC001 - FastAPI reads it
from scribe_api.courier import open_courier
from scribe_api.crew import Crew
from scribe_api.desk import Desk
from scribe_api.errors import answer_http_error, answer_invalid
from scribe_api.guard import Guard
from scribe_api.keys import KeyFile
from scribe_api.looks import Looks
from scribe_api.metrics import Metrics
from scribe_api.openapi import finish
from scribe_api.settings import Settings, SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_ROUTERS = (
    scribe_api.routes.analyze.router,
    scribe_api.routes.codes.router,
    scribe_api.routes.fhir.router,
    scribe_api.routes.form.router,
    scribe_api.routes.hl7v2.router,
    scribe_api.routes.health.router,
)


def create_app(settings: Settings | None = None, crew: Crew | None = None) -> FastAPI:
    """Build the web application.

    Args:
        settings: What to run with; without any, those of the environment.
        crew: The processes that analyse, already started; without one, the application starts and ends its own, which
            takes some seconds.

    Raises:
        SettingsError: The server would be open to others, and there is no key; or its webhooks cannot be used.
    """
    settings = settings or Settings.from_environment()
    keys = check_keys(settings)
    metrics = Metrics()
    is_own = crew is None
    hired = crew or hire(settings, metrics)
    courier = open_courier(settings, metrics)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        hired.start()
        if courier:
            courier.start()
        app.state.crew, app.state.desk = hired, Desk(settings, metrics, hired, courier)
        yield
        app.state.desk.close()
        if courier:
            courier.close()
        if is_own:
            hired.close()

    app = FastAPI(
        title="scribe",
        summary="What an operative note of a free bone flap documents, which code it supports, and what to ask.",
        description="Decision support for people; it is not billing advice. Nothing that is sent is stored.",
        version=__version__,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        exception_handlers={
            HTTPException: answer_http_error,
            RequestValidationError: answer_invalid,
        },
    )
    app.state.settings, app.state.metrics, app.state.gate = settings, metrics, Gate(settings, keys)
    app.state.looks = Looks()
    app.mount("/static", StaticFiles(packages=[("scribe_api", "static")]), name="static")
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key"],
            expose_headers=["ETag", "Retry-After", "X-Request-Id"],
        )
    app.add_middleware(Guard, settings=settings, metrics=metrics)
    for router in _ROUTERS:
        app.include_router(router)

    @app.webhooks.post("note.analyzed")
    async def pushed(body: WebhookDocument) -> None:
        """Push a result to the receivers that the operator has named; signed as Standard Webhooks has it."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            plain = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=app.description,
                license_info=app.license_info,
                routes=app.routes,
                webhooks=app.webhooks.routes,
            )
            app.openapi_schema = finish(plain, hired.example)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign] # the way that FastAPI documents
    return app


def hire(settings: Settings, metrics: Metrics) -> Crew:
    """Prepare the processes that the settings ask for.

    Raises:
        RulePackError: A file of the rules is wrong.
    """
    return Crew(
        size=settings.workers,
        timeout_s=settings.timeout_s,
        growth_mb=settings.max_growth_mb,
        on_replaced=metrics.count_replaced,
    )


def check_keys(settings: Settings) -> KeyFile | None:
    """Return the keys to check; None on loopback without a file of keys.

    Raises:
        SettingsError: The server would be open to others, and there is no usable key.
    """
    if settings.keys_file is None and settings.is_loopback:
        return None
    keys = KeyFile(settings.keys_file) if settings.keys_file else None
    if keys is None or not keys.usable():
        msg = (
            f"listening on {settings.host} needs a key; make one with scribe keys add NAME"
            " and name its file with --keys, or listen on 127.0.0.1"
        )
        raise SettingsError(msg)
    return keys
