import type { Language } from "../language";
import type { Conversation, Link } from "../state";
import type { Texts } from "../texts";
import { Composer } from "./composer";
import { h, setText } from "./dom";
import { icon } from "./icons";
import { Log } from "./log";
import type { MessageActions } from "./message";

/** Where the panel fills the screen it is modal; the same limits stand in styles.css. */
const FULL_SCREEN = matchMedia("(max-width: 479.98px), (max-height: 479.98px)");

export interface PanelActions extends MessageActions {
  say: (text: string) => void;
  close: () => void;
}

/** The dialog above the button: header, messages, a line about the connection, and the text box. */
export class Panel {
  readonly element: HTMLElement;
  private readonly log: Log;
  private readonly line: HTMLElement;
  private readonly composer: Composer;

  constructor(
    private readonly texts: Texts,
    language: Language,
    actions: PanelActions,
  ) {
    const close = h("button", { type: "button", class: "close", "aria-label": texts.close }, icon("close"));
    close.addEventListener("click", actions.close);
    const header = h(
      "header",
      { class: "header" },
      h("span", { class: "badge" }, icon("shield")),
      h("div", { class: "names" }, h("h2", { class: "title" }, texts.title), h("p", { class: "hint", id: "hint" }, texts.chatbotHint)),
      close,
    );
    this.log = new Log(texts, language, actions);
    this.line = h("div", { class: "line", role: "status" });
    this.composer = new Composer(texts, actions.say);
    this.element = h(
      "section",
      { class: "panel", id: "panel", role: "dialog", lang: language, "aria-label": texts.launcher, "aria-describedby": "hint", hidden: true },
      header,
      this.log.element,
      this.line,
      this.composer.element,
    );
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.stopPropagation();
        actions.close();
      } else if (event.key === "Tab" && FULL_SCREEN.matches) {
        this.keepFocusInside(event);
      }
    });
  }

  setOpen(open: boolean): void {
    this.element.hidden = !open;
    if (!open) return;
    this.element.setAttribute("aria-modal", String(FULL_SCREEN.matches));
    this.log.scrollToEnd();
  }

  focus(): void {
    this.composer.focus();
  }

  show(conversation: Conversation): void {
    this.log.show(conversation);
    setText(this.line, this.lineFor(conversation.link, conversation.last === 0));
  }

  private lineFor(link: Link, isEmpty: boolean): string {
    if (link === "offline") return this.texts.offline;
    if (link === "lost") return this.texts.connectionLost;
    return link === "opening" && isEmpty ? this.texts.opening : "";
  }

  /** Full screen there is nothing else to see, so Tab goes round within the panel. */
  private keepFocusInside(event: KeyboardEvent): void {
    const all = [...this.element.querySelectorAll<HTMLElement>("button, a[href], textarea, [tabindex='0']")];
    const focused = (this.element.getRootNode() as ShadowRoot).activeElement;
    const [from, to] = event.shiftKey ? [all.at(0), all.at(-1)] : [all.at(-1), all.at(0)];
    if (focused !== from) return;
    event.preventDefault();
    to?.focus();
  }
}
