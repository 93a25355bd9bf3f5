/** Gives every component the texts of the chosen language. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { MessageKey } from './catalog';
import type { LocaleInfo } from './locales';
import { formatMessage } from './message';
import type { MessageArgs, Messages } from './message';

export interface Texts {
  readonly locale: LocaleInfo;
  /** A text of the portal. */
  readonly t: (key: MessageKey, args?: MessageArgs) => string;
  /** The text of a problem code; a code this build does not know is shown with its name. */
  readonly problem: (code: string) => string;
  /** The text of a finding code, or null when this build has none. */
  readonly finding: (code: string, args?: MessageArgs) => string | null;
  /** The title of a form of which the phone has no text yet, as this build knows it. */
  readonly formTitle: (formId: string) => string | null;
}

/** Binds catalogs to a locale. `details` may still be empty: they load after the first page. */
export function makeTexts(locale: LocaleInfo, portal: Messages, details: Messages): Texts {
  const t = (key: MessageKey, args?: MessageArgs): string =>
    formatMessage(portal[key] ?? key, locale, args);
  const detail = (key: string, args?: MessageArgs): string | null => {
    const message = details[key];
    return message === undefined ? null : formatMessage(message, locale, args);
  };
  return {
    locale,
    t,
    problem: (code) => detail(`problem.${code}`, { code }) ?? t('problem_unknown', { code }),
    finding: (code, args) => detail(`finding.${code}`, args),
    formTitle: (formId) => detail(`form.${formId}`),
  };
}

const TextsContext = createContext<Texts | null>(null);
export const TextsProvider = TextsContext.Provider;

/** The texts in force. @throws when used outside the provider, a programmer's error. */
export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error('useTexts needs a TextsProvider above it');
  return texts;
}
