"""The demonstration pages: believable, honest, and twins."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import REPOSITORY

VisitPage = Callable[..., Visit]

_OUTLINE = """() => [...document.body.querySelectorAll("*:not(kk-chat)")].map((one) => one.localName)"""


@pytest.mark.parametrize(
    ("path", "word", "other"), [("/fi", "Esittelysivu", "På svenska"), ("/sv", "Demonstrationssida", "Suomeksi")]
)
def test_a_page_says_what_it_is_and_leads_to_its_twin(visit: VisitPage, path: str, word: str, other: str) -> None:
    customer = visit(path)
    expect(customer.page.locator(".notice")).to_contain_text(word)
    customer.page.get_by_role("link", name=other).click()
    expect(customer.page.locator("html")).not_to_have_attribute("lang", path.strip("/"))


def test_both_pages_have_the_same_parts_in_the_same_order(visit: VisitPage) -> None:
    finnish, swedish = visit("/fi"), visit("/sv")
    assert finnish.page.evaluate(_OUTLINE) == swedish.page.evaluate(_OUTLINE)


@pytest.mark.parametrize("path", ["/fi", "/sv"])
def test_a_page_fits_a_narrow_phone(visit: VisitPage, path: str) -> None:
    customer = visit(path, viewport={"width": 320, "height": 568})
    assert customer.page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", ["fi.html", "sv.html"])
def test_a_page_holds_no_inline_style_or_script(name: str) -> None:
    html = (REPOSITORY / "bot" / "demo" / name).read_text(encoding="utf-8")
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count("<script src=")
