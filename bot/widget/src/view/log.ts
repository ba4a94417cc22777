import type { Language } from "../language";
import type { Conversation, Entry } from "../state";
import type { Texts } from "../texts";
import { h, replaceChanged, setAttributes } from "./dom";
import { messageParts, signature, type MessageActions } from "./message";

/** How near the end the customer must be for a new message to be scrolled into view. */
const NEAR_END_PX = 80;
const MARGIN_PX = 12;
/** Screen readers have then taken in that the history is there without reading it. */
const HISTORY_QUIET_MS = 1_000;

/** Messages that come this close together are one answer, shown from its beginning. */
const ONE_ANSWER_MS = 2_000;

interface Row {
  element: HTMLElement;
  signature: string;
  since: number;
}

/** The messages. A message is one node, added whole, and only its changed parts are made anew, so that it is read once. */
export class Log {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly typing: HTMLElement;
  private readonly rows = new Map<string, Row>();
  private wasEmpty = true;
  private isAtEnd = true;
  /** As last observed: a scroll event may tell of a place from before the log became lower. */
  private height = 0;

  constructor(
    private readonly texts: Texts,
    private readonly language: Language,
    private readonly actions: MessageActions,
  ) {
    this.list = h("div", { class: "messages", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
    this.typing = h("div", { class: "typing", role: "status" });
    this.element = h("div", { class: "log", role: "group", "aria-label": texts.messages, tabindex: 0 }, this.list, this.typing);
    this.element.addEventListener("scroll", () => (this.isAtEnd = this.isNearEnd(this.height)));
    new ResizeObserver(() => this.resized()).observe(this.element);
  }

  show(conversation: Conversation): void {
    const isNearEnd = this.isNearEnd();
    const entries = conversation.entries();
    this.announce(entries.length);
    const gone = new Set(this.rows.keys());
    let newest: Row | null = null;
    let next = this.list.firstElementChild;
    for (const entry of entries) {
      gone.delete(entry.key);
      const chosen = entry.message ? conversation.chosenUnder(entry.message) : null;
      const known = this.rows.get(entry.key);
      const row = known ?? { element: h("div"), signature: "", since: this.wasEmpty ? 0 : Date.now() };
      this.rows.set(entry.key, row);
      if (row.element === next) next = next.nextElementSibling;
      const looks = signature(entry, chosen);
      if (looks !== row.signature) this.fill(row, looks, entry, chosen);
      if (!known || row.element.nextElementSibling !== next) this.list.insertBefore(row.element, next);
      if (!known) newest = row;
    }
    gone.forEach((key) => this.remove(key));
    this.showTyping(conversation.typing);
    if (newest?.element.classList.contains("user") || this.wasEmpty) this.scrollToEnd();
    else if (isNearEnd) this.scrollToAnswer();
    this.wasEmpty = entries.length === 0;
  }

  scrollToEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** A conversation that comes back is history: it is not read aloud from its beginning. A new one's greeting is. */
  private announce(count: number): void {
    if (!this.wasEmpty || count <= 2) return;
    this.list.setAttribute("aria-live", "off");
    setTimeout(() => this.list.setAttribute("aria-live", "polite"), HISTORY_QUIET_MS);
  }

  private fill(row: Row, looks: string, entry: Entry, chosen: string | null): void {
    const { language } = entry.message ?? entry.outgoing;
    const hadFocus = row.element.matches(":focus-within");
    row.signature = looks;
    setAttributes(row.element, {
      class: `message ${entry.message?.from ?? "user"}`,
      lang: language,
      "data-status": entry.outgoing?.status ?? "stored",
    });
    replaceChanged(row.element, messageParts(entry, chosen, this.texts, this.language, this.actions));
    if (hadFocus) (row.element.querySelector<HTMLElement>(".record, .retry") ?? this.element).focus();
  }

  private remove(key: string): void {
    this.rows.get(key)?.element.remove();
    this.rows.delete(key);
  }

  private showTyping(on: boolean): void {
    if (on === this.typing.hasChildNodes()) return;
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.typing.replaceChildren(...(on ? [dots, h("span", { class: "unseen" }, this.texts.typing)] : []));
  }

  /** The text box grew, or an on-screen keyboard came up: what was at the end stays there. */
  private resized(): void {
    this.height = this.element.clientHeight;
    if (this.isAtEnd) this.scrollToEnd();
  }

  private isNearEnd(height = this.element.clientHeight): boolean {
    const { scrollHeight, scrollTop } = this.element;
    return scrollHeight - scrollTop - height < NEAR_END_PX;
  }

  /** To the end, but not past the beginning of an answer that has just come, and never back. */
  private scrollToAnswer(): void {
    let first: Element | null = null;
    for (let at = this.list.lastElementChild; at && this.isFresh(at); at = at.previousElementSibling) first = at;
    const before = this.element.scrollTop;
    this.scrollToEnd();
    if (!(first instanceof HTMLElement)) return;
    this.element.scrollTop = Math.max(before, Math.min(this.element.scrollTop, first.offsetTop - MARGIN_PX));
  }

  private isFresh(element: Element): boolean {
    const row = [...this.rows.values()].find((one) => one.element === element);
    return !element.classList.contains("user") && row !== undefined && Date.now() - row.since < ONE_ANSWER_MS;
  }
}
