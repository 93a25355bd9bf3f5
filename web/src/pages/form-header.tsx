/** What stands above each page of a form: its title, and a word when it does not speak the chosen language. */
import type { DraftSession } from '../forms/draft-session';
import type { Section } from '../forms/form-index';
import { useTexts } from '../i18n/context';
import { localeByTag } from '../i18n/locales';

export function formTitle(session: DraftSession): string {
  return session.text(session.form.description.title);
}

/** What a section is called, which may quote answers as every label may. */
export function sectionTitle(session: DraftSession, section: Section): string {
  return session.textAt(section.labelled_by ?? section.path, section.label);
}

/** Null when the form's own texts are in the portal's language. */
export function FormLanguageNote({ session }: { readonly session: DraftSession }) {
  const { t, locale } = useTexts();
  if (session.formLocale === locale.tag) return null;
  return (
    <p class="form-language">
      {t('form_language', { language: localeByTag(session.formLocale).name })}
    </p>
  );
}

/** `lang` for what the form itself says; nothing when it is the page's language. */
export function formLang(session: DraftSession, pageTag: string): { lang?: string } {
  return session.formLocale === pageTag ? {} : { lang: session.formLocale };
}
