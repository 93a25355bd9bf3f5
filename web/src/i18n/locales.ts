/** Which languages the portal speaks, and which of them a browser's list of languages asks for. */
import list from '../../../i18n/locales.json';

export interface LocaleInfo {
  /** Folder name under `i18n/`, and the value of `lang`. */
  readonly tag: string;
  /** The language's own name for itself. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
  /** What Intl gets: Gregorian years and Latin digits, as on the documents people copy from. */
  readonly intl: string;
}

/** Every locale of the portal, in the order shown to people. */
export const locales: readonly LocaleInfo[] = list.locales.map((entry) => ({
  tag: entry.tag,
  name: entry.name,
  dir: entry.dir === 'rtl' ? 'rtl' : 'ltr',
  intl: `${entry.intl}-u-ca-gregory-nu-latn`,
}));

export const fallbackTag: string = list.fallback;

/** The locale with exactly this tag, or the fallback. */
export function localeByTag(tag: string): LocaleInfo {
  const found =
    locales.find((locale) => locale.tag === tag) ??
    locales.find((locale) => locale.tag === fallbackTag);
  if (!found) throw new Error('locales.json names a fallback that it does not list');
  return found;
}

/** Languages written like Chinese: their readers are served by the Chinese catalog of the same script. */
const readAsChinese = new Set(['yue', 'nan', 'hak', 'lzh', 'wuu', 'cmn']);

/**
 * The first of `preferred` that `available` can serve, else `fallback`.
 *
 * Tags come from browsers, so any text is taken: dialects (`zh-Hant-TW`, `sv-SE`), underscores, rubbish.
 * Scripts decide before regions: `zh-HK` and `zh-Hant-CN` get zh-Hant, `zh-SG` gets zh-Hans.
 */
export function negotiateLocale(
  preferred: readonly string[],
  available: readonly string[],
  fallback: string,
): string {
  for (const wanted of preferred) {
    const exact = available.find((tag) => tag.toLowerCase() === wanted.toLowerCase());
    if (exact) return exact;
    const want = languageAndScript(wanted);
    if (!want) continue;
    const match = available.find((tag) => {
      const have = languageAndScript(tag);
      return have?.language === want.language && have.script === want.script;
    });
    if (match) return match;
  }
  return fallback;
}

function languageAndScript(tag: string): { language: string; script: string } | null {
  try {
    const locale = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    const language = readAsChinese.has(locale.language) ? 'zh' : locale.language;
    return { language, script: locale.script ?? '' };
  } catch {
    // RangeError: the browser, or its user, named something that is no language tag.
    return null;
  }
}
