"""Widget → chat service → Rasa → answer: a customer asks on the page that `make run` serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RunningAssistant

_CASES = {
    "fi": (
        "Keskustele kanssamme",
        "mikä on irtisanomisaika?",
        "3 kuukauden irtisanomisaika",
        "Miten päättymispäivä lasketaan",
    ),
    "sv": ("Chatta med oss", "vad händer med mina nycklar?", "säker förstöring", "Hur slutdatumet räknas ut"),
}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_customer_presses_the_button_asks_and_reads_the_company_s_answer(
    browser: Browser, assistant: RunningAssistant, language: str, tmp_path: Path
) -> None:
    label, question, answer, button = _CASES[language]
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

    page.goto(f"{assistant.url}/{language}")
    page.get_by_role("button", name=label).click()
    page.locator("kk-chat .message").first.wait_for()
    page.locator("kk-chat textarea").fill(question)
    page.locator("kk-chat textarea").press("Enter")

    expect(page.locator("kk-chat .message").last).to_contain_text(answer, timeout=10_000)
    assert page.locator("kk-chat .message").last.get_attribute("lang") == language

    page.get_by_role("button", name=button).last.click()
    expect(page.locator("kk-chat .message").last).to_contain_text(
        "palvelukuukausi" if language == "fi" else "servicemånad", ignore_case=True, timeout=10_000
    )
    assert errors == []
    page.close()
