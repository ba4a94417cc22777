import { countCharacters, MAX_CHARACTERS } from "../protocol";
import type { Texts } from "../texts";
import { h, setAttributes, setText } from "./dom";
import { icon } from "./icons";

/** From here on the counter is shown. */
const NEAR_LIMIT = 100;

/** The text box, its counter and the send button. Enter sends, Shift+Enter makes a new line. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly input: HTMLTextAreaElement;
  private readonly counter: HTMLElement;
  private readonly button: HTMLButtonElement;

  constructor(
    private readonly texts: Texts,
    private readonly send: (text: string) => void,
  ) {
    this.input = h("textarea", {
      class: "input",
      rows: 1,
      placeholder: texts.input,
      "aria-label": texts.input,
      "aria-describedby": "privacy counter",
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.counter = h("p", { class: "counter", id: "counter", role: "status" });
    this.button = h("button", { type: "submit", class: "send", "aria-label": texts.send, "aria-disabled": "true" }, icon("send"));
    const privacy = h("p", { class: "privacy", id: "privacy" }, texts.privacy);
    this.element = h("form", { class: "composer" }, h("div", { class: "field" }, this.input, this.button), this.counter, privacy);
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  focus(): void {
    this.input.focus();
  }

  private submit(): void {
    this.input.focus();
    if (!this.canSend) return;
    const text = this.input.value.trim();
    this.input.value = "";
    this.update();
    this.send(text);
  }

  private get canSend(): boolean {
    const text = this.input.value.trim();
    return text !== "" && countCharacters(text) <= MAX_CHARACTERS;
  }

  private update(): void {
    const left = MAX_CHARACTERS - countCharacters(this.input.value.trim());
    const isTooLong = left < 0;
    setText(this.counter, isTooLong ? this.texts.tooLong(-left) : left <= NEAR_LIMIT ? this.texts.charactersLeft(left) : "");
    setAttributes(this.counter, { class: isTooLong ? "counter excess" : "counter" });
    setAttributes(this.input, { "aria-invalid": String(isTooLong) });
    setAttributes(this.button, { "aria-disabled": String(!this.canSend) });
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }
}
