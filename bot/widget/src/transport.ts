import type { Language } from "./language";
import type { Content, History, Poll } from "./protocol";

const TIMEOUT_MS = 15_000;

/** The service answered, but with an error. `sentence` is the service's own word to the customer, where it gave one. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string | null,
    readonly retryAfterMs: number | null,
  ) {
    super(`chat service answered ${status}`);
  }

  /** Sending the same again can succeed: too fast, or trouble on the service's side. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }
}

/** The requests of the chat protocol. Throws ServiceError for an error answer and TypeError or DOMException for none. */
export class Service {
  constructor(
    private readonly origin: string,
    private readonly language: Language,
  ) {}

  openConversation(): Promise<History> {
    return this.request<History>("conversation", { page_language: this.language });
  }

  async send(clientId: string, content: Content): Promise<number> {
    const body = { client_id: clientId, ...content, page_language: this.language };
    return (await this.request<{ seq: number }>("messages", body)).seq;
  }

  messagesAfter(seq: number): Promise<Poll> {
    return this.request<Poll>(`messages?after=${seq}`);
  }

  eventsAfter(seq: number): EventSource {
    return new EventSource(this.address(`events?after=${seq}`), { withCredentials: true });
  }

  private address(path: string): string {
    return `${this.origin}/chat/v1/${path}`;
  }

  private async request<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.address(path), {
      method: body ? "POST" : "GET",
      credentials: "include",
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (response.ok) return (await response.json()) as Answer;
    throw await this.errorFrom(response);
  }

  private async errorFrom(response: Response): Promise<ServiceError> {
    const answer = (await response.json().catch(() => null)) as { error?: Partial<Record<Language, string>> } | null;
    const seconds = Number(response.headers.get("Retry-After") ?? NaN);
    return new ServiceError(
      response.status,
      answer?.error?.[this.language] ?? null,
      Number.isFinite(seconds) ? seconds * 1000 : null,
    );
  }
}
