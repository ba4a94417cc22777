import type { Language } from "../language";
import { linkify } from "../linkify";
import type { Button } from "../protocol";
import type { Entry, Outgoing } from "../state";
import type { Texts } from "../texts";
import { h } from "./dom";
import { icon } from "./icons";

export interface MessageActions {
  choose: (button: Button, seq: number) => void;
  retry: (outgoing: Outgoing) => void;
}

/** Everything that a message's looks depend on. Two equal signatures look the same. */
export function signature(entry: Entry, chosen: string | null): string {
  const { message, outgoing } = entry;
  if (message) return JSON.stringify([message.seq, message.text, message.buttons.map(({ id }) => id), chosen]);
  return JSON.stringify([outgoing.status, outgoing.problem, outgoing.seq]);
}

/** One message of the log: who, what, the buttons under it, and what became of it. */
export function messageParts(
  entry: Entry,
  chosen: string | null,
  texts: Texts,
  pageLanguage: Language,
  actions: MessageActions,
): Element[] {
  const { from, text } = entry.message ?? { from: "user" as const, ...entry.outgoing };
  const speaker = { user: texts.you, bot: texts.bot, agent: texts.agent, system: null }[from];
  const parts: Element[] = [];
  if (speaker) parts.push(h("div", { class: from === "user" ? "unseen" : "speaker", lang: pageLanguage }, speaker, h("span", { class: "unseen" }, ":")));
  parts.push(h("div", { class: "bubble" }, ...paragraphs(text, from !== "user", texts, pageLanguage)));
  if (entry.message) {
    const { buttons, seq, time } = entry.message;
    if (buttons.length) parts.push(choices(buttons, chosen, texts, pageLanguage, (button) => actions.choose(button, seq)));
    if (from === "user") parts.push(note(`${texts.sent} ${clock(time, pageLanguage)}`, pageLanguage));
  } else {
    parts.push(delivery(entry.outgoing, texts, pageLanguage, actions));
  }
  return parts;
}

function paragraphs(text: string, withLinks: boolean, texts: Texts, pageLanguage: Language): Node[] {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => h("p", {}, ...(withLinks ? links(paragraph, texts, pageLanguage) : [paragraph])));
}

function links(text: string, texts: Texts, pageLanguage: Language): (Node | string)[] {
  return linkify(text).map(({ text: shown, href }) => {
    if (href === null) return shown;
    if (!href.startsWith("https:")) return h("a", { href }, shown);
    const hint = h("span", { class: "unseen", lang: pageLanguage }, ` (${texts.opensInNewTab})`);
    return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, shown, hint);
  });
}

/** Buttons until one is chosen; from then on a record of what there was to choose from and what was chosen. */
function choices(
  buttons: Button[],
  chosen: string | null,
  texts: Texts,
  pageLanguage: Language,
  choose: (button: Button) => void,
): HTMLElement {
  if (chosen === null) {
    const group = h("div", { class: "choices", role: "group", "aria-label": texts.choices });
    for (const button of buttons) {
      const element = h("button", { type: "button", class: "choice" }, button.title);
      element.addEventListener("click", () => choose(button));
      group.append(element);
    }
    return group;
  }
  const record = h("ul", { class: "choices record", "aria-label": texts.choices, tabindex: -1 });
  for (const { id, title } of buttons) {
    const isChosen = id === chosen;
    const item = h("li", { class: isChosen ? "choice chosen" : "choice" });
    if (isChosen) item.append(icon("check"), h("span", { class: "unseen", lang: pageLanguage }, `${texts.chosen}: `));
    item.append(title);
    record.append(item);
  }
  return record;
}

/** Seen but not read aloud: a screen reader hears only that something went wrong. */
function note(text: string, pageLanguage: Language): HTMLElement {
  return h("div", { class: "note", lang: pageLanguage, "aria-live": "off" }, text);
}

function delivery(outgoing: Outgoing, texts: Texts, pageLanguage: Language, actions: MessageActions): HTMLElement {
  if (outgoing.status !== "failed") {
    return note(outgoing.status === "sending" ? texts.sending : texts.sent, pageLanguage);
  }
  const reason = h("span", {}, `${texts.failed} ${outgoing.problem ?? ""}`);
  const failure = h("div", { class: "note failed", lang: pageLanguage, role: "alert" }, h("span", { class: "reason" }, icon("alert"), reason));
  if (outgoing.canRetry) {
    const retry = h("button", { type: "button", class: "retry" }, texts.retry);
    retry.addEventListener("click", () => actions.retry(outgoing));
    failure.append(retry);
  }
  return failure;
}

/** The time of day in Finland, as both languages write it here: 11.15. */
function clock(time: string, language: Language): string {
  const options = { hour: "numeric", minute: "2-digit", timeZone: "Europe/Helsinki" } as const;
  return new Date(time).toLocaleTimeString(`${language}-FI`, options).replace(":", ".");
}
