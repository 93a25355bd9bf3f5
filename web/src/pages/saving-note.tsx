/** One line under a form: saved on this phone, saving, or not saved and why. */
import type { DraftSession } from '../forms/draft-session';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { Trouble } from './trouble';

export function SavingNote({ session }: { readonly session: DraftSession }) {
  const { t } = useTexts();
  const { saving } = useStore(session.state);
  if (saving.kind === 'failed') {
    return (
      <Trouble reason={saving.reason}>
        <p>{t('saving_failed')}</p>
      </Trouble>
    );
  }
  // No live region: a reader that hears "saved" after every word hears nothing else.
  return <p class="saving">{t(saving.kind === 'saving' ? 'saving_now' : 'saving_done')}</p>;
}
