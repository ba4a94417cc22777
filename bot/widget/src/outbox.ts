import type { Language } from "./language";
import type { Content } from "./protocol";
import type { Conversation, Outgoing } from "./state";
import type { Texts } from "./texts";
import { ServiceError, type Service } from "./transport";
import { uuid } from "./uuid";

/** How often "too fast" is waited out before the customer is asked to try again. */
const PATIENCE = 3;

/**
 * Sends what the customer says, one at a time and in order, so that messages are stored as they were written.
 * A message keeps its client id for good: sending it again can never make two of it.
 */
export class Outbox {
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly service: Service,
    private readonly conversation: Conversation,
    private readonly texts: Texts,
    private readonly language: Language,
    /** Resolves once the conversation is open: a message before that would open a second one. */
    private readonly opened: () => Promise<void>,
    private readonly accepted: (clientId: string, seq: number) => void,
  ) {}

  say(text: string): void {
    this.enqueue({ content: { text }, text, answers: null });
  }

  choose(choice: string, title: string, answers: number): void {
    this.enqueue({ content: { choice }, text: title, answers });
  }

  retry(outgoing: Outgoing): void {
    const again: Outgoing = { ...outgoing, status: "sending", problem: null };
    this.conversation.put(again);
    this.queue = this.queue.then(() => this.send(again));
  }

  retryAll(): void {
    this.conversation.failed().forEach((outgoing) => this.retry(outgoing));
  }

  private enqueue(part: { content: Content; text: string; answers: number | null }): void {
    const fresh = { clientId: uuid(), language: this.language, seq: null, canRetry: true };
    this.retry({ ...fresh, ...part, status: "sending", problem: null });
  }

  private async send(outgoing: Outgoing): Promise<void> {
    try {
      await this.opened();
      const seq = await this.sendPatiently(outgoing);
      this.conversation.put({ ...outgoing, status: "sent", seq });
      this.accepted(outgoing.clientId, seq);
    } catch (error) {
      const answered = error instanceof ServiceError ? error : null;
      const problem = answered ? (answered.sentence ?? this.texts.notAccepted) : this.texts.unreachable;
      this.conversation.put({ ...outgoing, status: "failed", problem, canRetry: answered?.passing ?? true });
    }
  }

  private async sendPatiently(outgoing: Outgoing): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.service.send(outgoing.clientId, outgoing.content);
      } catch (error) {
        const waitMs = error instanceof ServiceError && error.status === 429 ? (error.retryAfterMs ?? 1000) : null;
        if (waitMs === null || waitMs > 10_000 || attempt > PATIENCE) throw error;
        await new Promise((resume) => setTimeout(resume, waitMs));
      }
    }
  }
}
