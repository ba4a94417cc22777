/** A piece of a text: plain where `href` is null. */
export interface Piece {
  text: string;
  href: string | null;
}

const ADDRESS = String.raw`(?:https:\/\/|www\.)[^\s<>"'“”]+`;
const MAIL = String.raw`[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}`;
const PHONE = String.raw`(?:\+358|0)(?:[ \u00a0-]?\d){5,11}`;
const EMERGENCY = "112";
const CANDIDATE = new RegExp(`(${ADDRESS})|(${MAIL})|(${PHONE})|(${EMERGENCY})`, "gi");

/** The words before 112 that make it the emergency number and not any number. */
const CALL = /(?:numero\S*|nummer|numret|soita|ring)[ \u00a0]$/i;

/**
 * Parts a text into plain pieces and safe links: https addresses (also written from `www.`), mail addresses and Finnish
 * phone numbers. Whatever isn't surely one of them stays text: other schemes, addresses with a user name, dates, prices.
 */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const [whole, address, mail, phone] = match;
    const shown = address ? withoutSentenceEnd(address) : whole;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + shown.length);
    const href = address ? addressHref(shown) : mail ? `mailto:${mail}` : phoneHref(shown, before, after, !phone);
    if (href === null || /[\w@/]$/.test(before)) continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), href: null });
    pieces.push({ text: shown, href });
    done = match.index + shown.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), href: null });
  return pieces;
}

/** A full stop after an address ends the sentence; so does a bracket that the address didn't open. */
function withoutSentenceEnd(address: string): string {
  let end = address.replace(/[.,;:!?…]+$/, "");
  while (end.endsWith(")") && end.split(")").length > end.split("(").length) {
    end = end.slice(0, -1).replace(/[.,;:!?…]+$/, "");
  }
  return end;
}

function addressHref(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    return url.protocol === "https:" && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

function phoneHref(number: string, before: string, after: string, emergency: boolean): string | null {
  if (/[\d.,+-]$/.test(before) || /^(?:[.,:-]?\d|[.,]?\w|\s?€)/.test(after)) return null;
  if (emergency && !CALL.test(before)) return null;
  return `tel:${number.replace(/[^\d+]/g, "")}`;
}
