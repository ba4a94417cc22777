import type { Language } from "./language";

/** Every sentence the widget itself says. One missing in either language doesn't compile. */
export interface Texts {
  /** The button on the page, and the name of the dialog. */
  launcher: string;
  title: string;
  chatbotHint: string;
  close: string;
  messages: string;
  you: string;
  bot: string;
  agent: string;
  choices: string;
  chosen: string;
  typing: string;
  input: string;
  send: string;
  privacy: string;
  charactersLeft: (count: number) => string;
  tooLong: (excess: number) => string;
  sending: string;
  sent: string;
  failed: string;
  retry: string;
  opening: string;
  offline: string;
  connectionLost: string;
  unreachable: string;
  notAccepted: string;
  opensInNewTab: string;
}

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const TEXTS: Record<Language, Texts> = {
  fi: {
    launcher: "Keskustele kanssamme",
    title: "Sector Alarm",
    chatbotHint: "Teille vastaa chatbot",
    close: "Sulje keskustelu",
    messages: "Keskustelun viestit",
    you: "Te",
    bot: "Chatbot",
    agent: "Asiakaspalvelija",
    choices: "Vastausvaihtoehdot",
    chosen: "Valitsitte",
    typing: "Chatbot kirjoittaa",
    input: "Kirjoittakaa viesti",
    send: "Lähetä viesti",
    privacy: "Älkää kirjoittako henkilötunnusta, salasanaa tai turvasanaa.",
    charactersLeft: (count) => `${plural(count, "merkki", "merkkiä")} jäljellä`,
    tooLong: (excess) => `Viesti on liian pitkä. Poistakaa ${plural(excess, "merkki", "merkkiä")}.`,
    sending: "Lähetetään…",
    sent: "Lähetetty",
    failed: "Viestin lähettäminen ei onnistunut.",
    retry: "Yrittäkää uudelleen",
    opening: "Avataan keskustelua…",
    offline: "Teillä ei ole verkkoyhteyttä. Jatkamme, kun yhteys palaa.",
    connectionLost: "Yhteys katkesi. Yhdistämme uudelleen…",
    unreachable: "Tarkistakaa verkkoyhteytenne.",
    notAccepted: "Palvelussa on häiriö. Yrittäkää hetken kuluttua uudelleen.",
    opensInNewTab: "avautuu uuteen välilehteen",
  },
  sv: {
    launcher: "Chatta med oss",
    title: "Sector Alarm",
    chatbotHint: "En chattbot svarar er",
    close: "Stäng chatten",
    messages: "Meddelanden i chatten",
    you: "Ni",
    bot: "Chattbot",
    agent: "Kundbetjänare",
    choices: "Svarsalternativ",
    chosen: "Ni valde",
    typing: "Chattboten skriver",
    input: "Skriv ett meddelande",
    send: "Skicka meddelandet",
    privacy: "Skriv inte personbeteckning, lösenord eller säkerhetsord.",
    charactersLeft: (count) => `${plural(count, "tecken", "tecken")} kvar`,
    tooLong: (excess) => `Meddelandet är för långt. Ta bort ${plural(excess, "tecken", "tecken")}.`,
    sending: "Skickas…",
    sent: "Skickat",
    failed: "Meddelandet kunde inte skickas.",
    retry: "Försök igen",
    opening: "Chatten öppnas…",
    offline: "Ni har ingen nätförbindelse. Vi fortsätter när förbindelsen är tillbaka.",
    connectionLost: "Förbindelsen bröts. Vi ansluter igen…",
    unreachable: "Kontrollera er nätförbindelse.",
    notAccepted: "Det är en störning i tjänsten. Försök igen om en stund.",
    opensInNewTab: "öppnas i en ny flik",
  },
};
