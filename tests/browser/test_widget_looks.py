"""Sizes, colours and modes, as far as a machine can tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stub_service import StubService

VisitPage = Callable[..., Visit]

_CONTRASTS = """(root) => {
    const shadow = root.shadowRoot;
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgb = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = rgb(getComputedStyle(at).backgroundColor);
            if (colour[3] === 255) return colour;
        }
        return [255, 255, 255];
    };
    const found = {};
    for (const element of shadow.querySelectorAll("*")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own || !element.checkVisibility() || element.closest(".unseen")) continue;
        const [one, other] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        found[`${element.localName}.${element.className}: ${element.textContent}`] = ratio;
    }
    return found;
}"""

_TARGETS = """(root) => [...root.shadowRoot.querySelectorAll("button, textarea")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.className, one.getBoundingClientRect()])
    .map(([name, { width, height }]) => [name, Math.round(Math.min(width, height))])"""


def _fill(customer: Visit, service: StubService) -> None:
    service.say("Ehdot ovat osoitteessa https://www.sectoralarm.fi/asiakaspalvelu.", titles=["Kyllä", "Ei"])
    customer.say("Hei")
    service.say("Asiakaspalvelija tuli mukaan.", sender="system")
    service.say("Miten voin auttaa?", titles=["Lasku", "Muutto"])
    expect(customer.messages).to_have_count(6)
    customer.page.get_by_role("button", name="Kyllä").click()
    expect(customer.messages).to_have_count(8)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_the_contrast_of_level_aa(visit: VisitPage, service: StubService, scheme: str) -> None:
    customer = visit(color_scheme=scheme, reduced_motion="reduce")
    customer.open()
    _fill(customer, service)
    customer.input.fill("a" * 1001)
    contrasts = customer.page.locator("kk-chat").evaluate(_CONTRASTS)
    assert len(contrasts) > 10
    assert {text: ratio for text, ratio in contrasts.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("size", [(1280, 800), (375, 667)])
def test_everything_to_press_is_at_least_44_pixels(
    visit: VisitPage, service: StubService, size: tuple[int, int]
) -> None:
    customer = visit(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    customer.open()
    _fill(customer, service)
    targets = customer.page.locator("kk-chat").evaluate(_TARGETS)
    assert len(targets) >= 5
    assert [target for target in targets if target[1] < 44] == []


@pytest.mark.parametrize("size", [(375, 667), (320, 568), (320, 256)])
def test_on_a_phone_it_fills_the_screen_and_nothing_sticks_out(
    visit: VisitPage, service: StubService, size: tuple[int, int]
) -> None:
    width, height = size
    customer = visit("/sv", viewport={"width": width, "height": height}, reduced_motion="reduce")
    customer.open()
    service.say("Ett mycketlångtordutanmellanslag" * 6)
    expect(customer.messages).to_have_count(2)
    assert _box(customer, ".panel") == {"x": 0, "y": 0, "width": width, "height": height}
    expect(customer.launcher).to_be_hidden()
    assert _box(customer, ".log")["height"] >= 80
    overflow = "(log) => log.scrollWidth - log.clientWidth"
    assert customer.page.locator("kk-chat .log").evaluate(overflow) == 0
    assert customer.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_a_desktop_it_stands_above_its_button_inside_the_window(visit: VisitPage) -> None:
    customer = visit(reduced_motion="reduce")
    customer.open()
    panel, launcher = _box(customer, ".panel"), _box(customer, ".launcher")
    assert panel["y"] >= 0
    assert panel["y"] + panel["height"] < launcher["y"]
    assert panel["x"] + panel["width"] <= 1280


def test_reduced_motion_stops_every_movement(visit: VisitPage, service: StubService) -> None:
    customer = visit(reduced_motion="reduce")
    customer.open()
    service.conversation.typing = True
    expect(customer.page.locator("kk-chat .dots")).to_be_visible()
    running = "(root) => root.shadowRoot.getAnimations().length"
    assert customer.page.locator("kk-chat").evaluate(running) == 0


def test_forced_colours_keep_the_outlines(visit: VisitPage, service: StubService) -> None:
    customer = visit(forced_colors="active")
    customer.open()
    for part in (".panel", ".bubble", ".send"):
        width = customer.page.locator(f"kk-chat {part}").first.evaluate("(e) => getComputedStyle(e).borderTopWidth")
        assert width != "0px", part


def test_a_new_message_is_shown_from_its_beginning(visit: VisitPage, service: StubService) -> None:
    customer = visit(reduced_motion="reduce")
    customer.open()
    service.say("\n\n".join(f"Kappale {number}." for number in range(40)))
    expect(customer.messages).to_have_count(2)
    top = _box(customer, ".message:last-child")["y"] - _box(customer, ".log")["y"]
    assert 0 <= top < 60


def test_an_answer_in_parts_is_shown_from_its_beginning(visit: VisitPage, service: StubService) -> None:
    long = "\n\n".join(f"Kappale {number}." for number in range(12))
    service.script["Bonus?"] = [long, {"text": "Voinko auttaa vielä?"}]
    customer = visit(reduced_motion="reduce")
    customer.open()
    customer.say("Bonus?")
    expect(customer.messages).to_have_count(4)
    top = _box(customer, ".message:nth-child(3)")["y"] - _box(customer, ".log")["y"]
    assert 0 <= top < 120


def test_the_end_stays_in_sight_when_the_text_box_grows(visit: VisitPage, service: StubService) -> None:
    customer = visit(reduced_motion="reduce")
    customer.open()
    for number in range(12):
        service.say(f"Vastaus {number}.")
    expect(customer.messages).to_have_count(13)
    log = customer.page.locator("kk-chat .log")
    # In one go: the browser tells of the scrolling only after the text box has grown.
    log.evaluate("""(log) => {
        log.scrollTop = log.scrollHeight;
        const input = log.getRootNode().querySelector("textarea");
        input.value = "Rivi\\n".repeat(8);
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    customer.page.wait_for_timeout(200)
    assert log.evaluate("(log) => log.scrollHeight - log.scrollTop - log.clientHeight") <= 1


def _box(customer: Visit, selector: str) -> dict[str, Any]:
    box = customer.page.locator(f"kk-chat {selector}").bounding_box()
    assert box is not None, f"{selector} is not shown"
    return dict(box)
