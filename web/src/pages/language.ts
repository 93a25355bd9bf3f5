/** Which language to begin with: the one chosen before, else the first the browser asks for. */
import { fallbackTag, localeByTag, locales, negotiateLocale } from '../i18n/locales';
import type { LocaleInfo } from '../i18n/locales';

const kKey = 'landfall-language';

export function chosenLocale(): LocaleInfo {
  const tags = locales.map((locale) => locale.tag);
  return localeByTag(negotiateLocale([...remembered(), ...navigator.languages], tags, fallbackTag));
}

/** Storage may be forbidden (private window): the language is then chosen anew each time. */
export function rememberLocale(tag: string): void {
  try {
    localStorage.setItem(kKey, tag);
  } catch {
    return;
  }
}

function remembered(): string[] {
  try {
    const tag = localStorage.getItem(kKey);
    return tag === null ? [] : [tag];
  } catch {
    return [];
  }
}
