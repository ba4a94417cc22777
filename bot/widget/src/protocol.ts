/** The shapes of docs/protocol.md. */

export interface Button {
  id: string;
  title: string;
  chosen: boolean;
}

export interface Message {
  seq: number;
  from: "user" | "bot" | "agent" | "system";
  text: string;
  language: "fi" | "sv" | "en";
  buttons: Button[];
  time: string;
  client_id: string | null;
}

/** What the customer sends: words, or the id of a pressed button. */
export type Content = { text: string } | { choice: string };

export interface History {
  messages: Message[];
  last: number;
}

export interface Poll extends History {
  typing: boolean;
}

/** The longest text the service takes, in characters (not UTF-16 units). */
export const MAX_CHARACTERS = 1000;

export function countCharacters(text: string): number {
  return [...text].length;
}
