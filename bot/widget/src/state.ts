import type { Language } from "./language";
import type { Content, History, Message } from "./protocol";

/** What the customer sent and the service has not yet shown back. */
export interface Outgoing {
  clientId: string;
  content: Content;
  /** What the bubble says: the text, or the title of the pressed button. */
  text: string;
  language: Language;
  /** The message whose button was pressed. */
  answers: number | null;
  status: "sending" | "sent" | "failed";
  seq: number | null;
  /** Only where it failed: the reason in the page's language, and whether sending the same again can help. */
  problem: string | null;
  canRetry: boolean;
}

export type Link = "closed" | "opening" | "online" | "lost" | "offline";

/** One row of the log, in the order in which it is shown. */
export type Entry =
  | { key: string; message: Message; outgoing: null }
  | { key: string; message: null; outgoing: Outgoing };

/** The conversation as this tab knows it. Every change calls `changed` once; nothing here talks to the network or the page. */
export class Conversation {
  link: Link = "closed";
  typing = false;
  /** The number after which the service is asked for more: the highest one that it has shown us. */
  last = 0;

  private readonly messages = new Map<number, Message>();
  private readonly outgoing = new Map<string, Outgoing>();
  /** Pressed buttons whose message has come back: the record stays although nothing is on its way any more. */
  private readonly pressed = new Map<string, Outgoing>();

  constructor(private readonly changed: () => void) {}

  /** The whole conversation as the service has it. Kept besides: what it can't have yet, unless it is a new conversation. */
  restore(history: History): void {
    const isNew = history.last < this.last;
    if (isNew) this.pressed.clear();
    for (const [id, { seq }] of this.outgoing) {
      if (seq !== null && (isNew || seq <= history.last)) this.outgoing.delete(id);
    }
    this.messages.clear();
    this.last = history.last;
    for (const message of history.messages) this.take(message);
    this.changed();
  }

  /** A message of the service: new, seen before, or changed (a button that got chosen in another tab). */
  receive(message: Message): void {
    this.take(message);
    if (message.from !== "user") this.typing = false;
    this.changed();
  }

  setLink(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    if (link !== "online") this.typing = false;
    this.changed();
  }

  setTyping(on: boolean): void {
    if (this.typing === on) return;
    this.typing = on;
    this.changed();
  }

  put(outgoing: Outgoing): void {
    if (this.knows(outgoing.clientId)) return;
    this.outgoing.set(outgoing.clientId, outgoing);
    this.changed();
  }

  /** Whether the service has shown us the message sent under this id. */
  knows(clientId: string): boolean {
    return [...this.messages.values()].some((message) => message.client_id === clientId);
  }

  failed(): Outgoing[] {
    return [...this.outgoing.values()].filter((one) => one.status === "failed" && one.canRetry);
  }

  /** The id of the button chosen under a message: as the service says, or as pressed here. Null while none is. */
  chosenUnder(message: Message): string | null {
    const known = message.buttons.find((button) => button.chosen);
    if (known) return known.id;
    for (const { answers, content, status, canRetry } of [...this.outgoing.values(), ...this.pressed.values()]) {
      if (answers === message.seq && "choice" in content && (status !== "failed" || canRetry)) return content.choice;
    }
    return null;
  }

  /** Messages by their numbers, then what is on its way, oldest first. */
  entries(): Entry[] {
    const numbered: Entry[] = [...this.messages.values()].map((message) => ({ key: keyOf(message), message, outgoing: null }));
    const waiting: Entry[] = [];
    for (const outgoing of this.outgoing.values()) {
      (outgoing.seq === null ? waiting : numbered).push({ key: outgoing.clientId, message: null, outgoing });
    }
    numbered.sort((one, other) => numberOf(one) - numberOf(other));
    return [...numbered, ...waiting];
  }

  private take(message: Message): void {
    this.messages.set(message.seq, message);
    this.last = Math.max(this.last, message.seq);
    const answered = message.client_id === null ? undefined : this.outgoing.get(message.client_id);
    if (!answered) return;
    this.outgoing.delete(answered.clientId);
    if (answered.answers !== null) this.pressed.set(answered.clientId, { ...answered, status: "sent" });
  }

}

function keyOf(message: Message): string {
  return message.from === "user" && message.client_id ? message.client_id : `seq-${message.seq}`;
}

function numberOf(entry: Entry): number {
  return entry.message ? entry.message.seq : (entry.outgoing.seq ?? Infinity);
}
