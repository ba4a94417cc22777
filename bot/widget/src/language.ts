/** The languages of the site. A message can also be in English, the page never is. */
export type Language = "fi" | "sv";

/** The language of the page by `<html lang>`: `sv` for sv, sv-FI and the like; Finnish for everything else. */
export function pageLanguage(lang: string = document.documentElement.lang): Language {
  return /^sv\b/i.test(lang) ? "sv" : "fi";
}
