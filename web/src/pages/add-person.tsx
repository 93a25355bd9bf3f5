/** One more person on this phone: a name for the locked screen, and a vault of their own. */
import { useState } from 'preact/hooks';
import { Button, ButtonRow } from '../components/button/button';
import { meansContinue } from '../forms/composing';
import { useTexts } from '../i18n/context';
import { PersonName } from './person-name';
import { usePortal } from './portal';
import { Trouble } from './trouble';
import { useAction } from './use-action';

export function AddPerson({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const [label, setLabel] = useState('');
  const start = (): Promise<boolean> =>
    action.run(async () => {
      portal.boot.set({ kind: 'ready', state: await portal.engine.addPerson({ label }) });
      portal.router.replace({ page: 'home' });
    });
  return (
    <>
      <p>{t('people_text')}</p>
      {action.problem !== null && <Trouble reason={action.problem} />}
      <form
        autocomplete="off"
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (meansContinue(event)) void start();
        }}
      >
        <PersonName id="person-name" value={label} onInput={setLabel} />
      </form>
      <ButtonRow>
        <Button busy={action.busy} onClick={() => void start()}>
          {t('person_start')}
        </Button>
        <Button kind="secondary" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </ButtonRow>
    </>
  );
}
