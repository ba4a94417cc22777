import type { Message } from "./protocol";
import type { Conversation } from "./state";
import { ServiceError, type Service } from "./transport";

/** A stream that stood this long before it ended was a good one: the service may end streams at any time. */
const GOOD_STREAM_MS = 5_000;
/** After so many streams in a row that brought nothing, messages are asked for instead (some proxies hold streams back). */
const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 2_000;
const POLL_HIDDEN_MS = 10_000;
/** So many polls, then the stream gets another chance. */
const POLLS_BEFORE_STREAM = 30;
/** An accepted message comes back on a working stream much sooner than this. */
const ECHO_MS = 3_000;
/** A message waits this long for the conversation to open. */
const OPEN_MS = 15_000;
/** A typing sign that nobody takes back ends by itself. */
const TYPING_MS = 30_000;

/** Keeps the conversation up to date while it runs: opens it, follows it by events, or by polling where events can't pass. */
export class Connection {
  private running = false;
  private stream: EventSource | null = null;
  private timer = 0;
  private typingTimer = 0;
  private failures = 0;
  private markOpened!: () => void;
  private readonly opened = new Promise<void>((resolve) => (this.markOpened = resolve));

  constructor(
    private readonly service: Service,
    private readonly conversation: Conversation,
  ) {}

  /** Resolves once the conversation is open; rejects where that takes too long to wait for. */
  whenOpened(): Promise<void> {
    const tooLong = new Promise<never>((_, reject) => setTimeout(reject, OPEN_MS, new Error("not opened in time")));
    return Promise.race([this.opened, tooLong]);
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.resume();
  }

  stop(): void {
    this.running = false;
    this.hangUp();
    this.conversation.setLink("closed");
  }

  /** The browser has lost the network: nothing is tried until `resume`. */
  pause(): void {
    if (!this.running) return;
    this.hangUp();
    this.conversation.setLink("offline");
  }

  resume(): void {
    if (!this.running) return;
    this.hangUp();
    this.failures = 0;
    this.conversation.setLink("opening");
    void this.open();
  }

  /**
   * The service took the message. Where it doesn't come back, the stream is silent and polling takes over; or, if later
   * messages have come, it went into a new conversation (the old one has expired), which is opened here too.
   */
  expect(clientId: string, seq: number): void {
    setTimeout(() => {
      if (!this.running || this.conversation.knows(clientId)) return;
      this.hangUp();
      void (this.conversation.last < seq ? this.poll(0) : this.open());
    }, ECHO_MS);
  }

  private async open(): Promise<void> {
    try {
      const history = await this.service.openConversation();
      if (!this.isWaiting) return;
      this.markOpened();
      this.conversation.restore(history);
      this.conversation.setLink("online");
      this.follow();
    } catch {
      this.again(() => this.open());
    }
  }

  private follow(): void {
    const stream = this.service.eventsAfter(this.conversation.last);
    const since = Date.now();
    this.stream = stream;
    stream.onopen = () => this.conversation.setLink("online");
    stream.addEventListener("message", (event) => {
      this.failures = 0;
      this.conversation.receive(JSON.parse(event.data) as Message);
    });
    stream.addEventListener("typing", (event) => {
      this.failures = 0;
      this.setTyping((JSON.parse(event.data) as { on: boolean }).on);
    });
    stream.onerror = () => {
      this.hangUp();
      this.setTyping(false);
      if (Date.now() - since >= GOOD_STREAM_MS) this.failures = 0;
      if (++this.failures >= FAILURES_BEFORE_POLLING) void this.poll(0);
      else this.schedule(() => this.follow(), backOff(this.failures));
    };
  }

  private async poll(count: number): Promise<void> {
    try {
      const { messages, typing } = await this.service.messagesAfter(this.conversation.last);
      if (!this.isWaiting) return;
      messages.forEach((message) => this.conversation.receive(message));
      this.setTyping(typing);
      const isBack = this.conversation.link === "lost";
      this.conversation.setLink("online");
      this.failures = FAILURES_BEFORE_POLLING - 1;
      if (isBack || count >= POLLS_BEFORE_STREAM) this.follow();
      else this.schedule(() => void this.poll(count + 1), document.hidden ? POLL_HIDDEN_MS : POLL_MS);
    } catch (error) {
      const isGone = error instanceof ServiceError && error.status === 404;
      if (isGone && this.isWaiting && this.failures <= FAILURES_BEFORE_POLLING) {
        this.failures++;
        void this.open();
      } else {
        this.again(() => (isGone ? this.open() : this.poll(count)));
      }
    }
  }

  /** Tells that the service can't be reached, and tries again, later each time. */
  private again(attempt: () => Promise<void>): void {
    if (!this.isWaiting) return;
    this.conversation.setLink("lost");
    this.schedule(() => void attempt(), backOff(++this.failures));
  }

  /** Whether an answer that comes now is still wanted: meanwhile stopped, paused or followed by a stream, it isn't. */
  private get isWaiting(): boolean {
    return this.running && !this.stream && this.conversation.link !== "offline";
  }

  private setTyping(on: boolean): void {
    clearTimeout(this.typingTimer);
    if (on) this.typingTimer = setTimeout(() => this.conversation.setTyping(false), TYPING_MS);
    this.conversation.setTyping(on);
  }

  private schedule(next: () => void, delayMs: number): void {
    clearTimeout(this.timer);
    if (this.running) this.timer = setTimeout(next, delayMs);
  }

  private hangUp(): void {
    clearTimeout(this.timer);
    this.stream?.close();
    this.stream = null;
  }
}

/** Half a second, doubling up to 30 s, with a random half so that many clients don't come back at the same moment. */
function backOff(failures: number): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(failures, 6));
  return full * (0.5 + Math.random() / 2);
}
