"""Fixtures of the room `web/`: the toy archive with its app, and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from tests.web.html_tree import Element, parse_html
from tests.web.toy import Toy, make_toy
from web.app import create_app
from web.cli import main
from web.settings import Settings

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    """The toy archive, indexed; no test changes it."""
    return make_toy(tmp_path_factory.mktemp("toy"))


@pytest.fixture(scope="session")
def app(toy: Toy) -> Flask:
    app = create_app(Settings(toy.archive.folder))
    app.testing = True
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that has never been here."""
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient, toy: Toy) -> Callable[..., Element]:
    """Give a function that opens an address, which must answer 200, and reads the page."""

    def read(address: str, **options: Any) -> Element:
        response = client.get(toy.fill(address), **options)
        assert response.status_code == 200, response.text
        return parse_html(response.text)

    return read


@pytest.fixture
def data(client: FlaskClient, toy: Toy) -> Callable[..., Any]:
    """Give a function that opens an address, which must answer 200, and reads its JSON."""

    def read(address: str, **options: Any) -> Any:
        response = client.get(toy.fill(address), **options)
        assert response.status_code == 200, response.text
        return json.loads(response.text)

    return read


@pytest.fixture
def yinde() -> Run:
    """Give a function that runs the command line on the archive in a folder; stdout, stderr and exit code stay apart."""

    def run(folder: Path, *arguments: str | Path, **options: Any) -> Result:
        result = CliRunner().invoke(main, ["--archive", str(folder), *map(str, arguments)], **options)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
