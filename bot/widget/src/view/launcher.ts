import type { Texts } from "../texts";
import { h } from "./dom";
import { icon } from "./icons";

/** The round button on the page; while the panel is open it shows a chevron and closes it. */
export class Launcher {
  readonly element: HTMLButtonElement;

  constructor(texts: Texts, toggle: () => void) {
    this.element = h(
      "button",
      { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" },
      h("span", { class: "launcher-icon" }, icon("chat"), icon("down")),
      h("span", { class: "launcher-label" }, texts.launcher),
    );
    this.element.addEventListener("click", toggle);
  }

  setOpen(open: boolean): void {
    this.element.setAttribute("aria-expanded", String(open));
  }
}
