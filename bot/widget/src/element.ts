import { Connection } from "./connection";
import { pageLanguage } from "./language";
import { rememberOpen, wasOpen } from "./memory";
import { Outbox } from "./outbox";
import { Conversation } from "./state";
import styles from "./styles.css";
import { TEXTS } from "./texts";
import { Service } from "./transport";
import { Launcher } from "./view/launcher";
import { Panel } from "./view/panel";

/** `<kk-chat>`: wires the parts together. Nothing is asked of the service before the customer opens the panel. */
export class ChatElement extends HTMLElement {
  /** The address of the chat service: where the script came from. */
  static origin = location.origin;

  private readonly root = this.attachShadow({ mode: "open" });
  private parts: { launcher: Launcher; panel: Panel; connection: Connection; outbox: Outbox } | null = null;
  private isOpen = false;

  connectedCallback(): void {
    if (!this.parts) this.build();
    addEventListener("online", this.goOnline);
    addEventListener("offline", this.goOffline);
    addEventListener("pagehide", this.rest);
    addEventListener("pageshow", this.wake);
    visualViewport?.addEventListener("resize", this.fitKeyboard);
    if (wasOpen()) this.setOpen(true);
  }

  disconnectedCallback(): void {
    removeEventListener("online", this.goOnline);
    removeEventListener("offline", this.goOffline);
    removeEventListener("pagehide", this.rest);
    removeEventListener("pageshow", this.wake);
    visualViewport?.removeEventListener("resize", this.fitKeyboard);
    this.parts?.connection.stop();
  }

  private build(): void {
    const language = pageLanguage();
    const texts = TEXTS[language];
    const service = new Service(ChatElement.origin, language);
    const conversation = new Conversation(() => panel.show(conversation));
    const connection = new Connection(service, conversation);
    const outbox = new Outbox(service, conversation, texts, language, () => connection.whenOpened(), (id, seq) =>
      connection.expect(id, seq),
    );
    const panel = new Panel(texts, language, {
      say: (text) => outbox.say(text),
      choose: (button, seq) => outbox.choose(button.id, button.title, seq),
      retry: (outgoing) => outbox.retry(outgoing),
      close: () => this.toggle(),
    });
    const launcher = new Launcher(texts, () => this.toggle());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.root.adoptedStyleSheets = [sheet];
    this.root.append(launcher.element, panel.element);
    launcher.element.lang = language;
    this.parts = { launcher, panel, connection, outbox };
  }

  private setOpen(open: boolean): void {
    if (!this.parts || open === this.isOpen) return;
    const { launcher, panel, connection } = this.parts;
    this.isOpen = open;
    rememberOpen(open);
    this.toggleAttribute("open", open);
    launcher.setOpen(open);
    panel.setOpen(open);
    if (open) {
      connection.start();
      if (!navigator.onLine) connection.pause();
    } else {
      connection.stop();
    }
  }

  /** The customer opened or closed it: the focus goes along. (A reload that brings the panel back leaves the focus alone.) */
  private toggle(): void {
    this.setOpen(!this.isOpen);
    (this.isOpen ? this.parts?.panel : this.parts?.launcher.element)?.focus();
  }

  private readonly goOnline = (): void => {
    this.parts?.connection.resume();
    this.parts?.outbox.retryAll();
  };

  private readonly goOffline = (): void => this.parts?.connection.pause();

  /** A page kept in the back/forward cache holds no connection; when it is shown again it catches up. */
  private readonly rest = (): void => this.parts?.connection.stop();

  private readonly wake = (event: PageTransitionEvent): void => {
    if (event.persisted && this.isOpen) this.parts?.connection.start();
  };

  /** Where an on-screen keyboard covers part of the page, a full-screen panel ends above it. */
  private readonly fitKeyboard = (): void => {
    if (visualViewport) this.style.setProperty("--kk-visible-height", `${visualViewport.height}px`);
  };
}
