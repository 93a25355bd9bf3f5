/** Readies a form's own texts, and says which language they are in. */
import type { FormDescription, FormTexts } from '../engine/protocol';
import { negotiateLocale } from '../i18n/locales';
import { kIcuSyntax } from '../i18n/message';
import type { Messages } from '../i18n/message';

/** Compiles the texts of a signed package. The compiler is fetched only for a form that needs it. */
export async function prepareFormTexts(texts: FormTexts, signal: AbortSignal): Promise<Messages> {
  if (!Object.values(texts).some((text) => kIcuSyntax.test(text))) return texts;
  const { compileTexts } = await import('../i18n/compile');
  signal.throwIfAborted();
  return compileTexts(texts);
}

/** The language a form shows itself in when the portal speaks `tag`: as the engine chooses its texts. */
export function formLocaleFor(tag: string, description: FormDescription): string {
  const second = tag.startsWith('zh') ? 'zh-Hant' : 'en';
  const fallback = description.locales.includes(second) ? second : description.default_language;
  return negotiateLocale([tag], description.locales, fallback);
}
