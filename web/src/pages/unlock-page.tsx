/** The locked screen: whose vaults there are by the names people chose, and nothing of what is in them. */
import { useState } from 'preact/hooks';
import { Button, ButtonRow } from '../components/button/button';
import { Page } from '../components/page/page';
import type { Person } from '../engine/protocol';
import { useTexts } from '../i18n/context';
import { AddPerson } from './add-person';
import { usePortal } from './portal';
import { Trouble, Waiting } from './trouble';
import { UnlockForm } from './unlock-form';
import { useCall } from './use-call';

export function UnlockPage() {
  const { t } = useTexts();
  const { engine } = usePortal();
  const [turn, setTurn] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const people = useCall((signal) => engine.listPeople(signal), [turn]);
  const again = (): void => setTurn((count) => count + 1);
  if (adding) {
    return (
      <Page key="locked-add" title={t('people_add')}>
        <AddPerson onCancel={() => setAdding(false)} />
      </Page>
    );
  }
  return (
    <Page key="locked" title={t('locked_title')}>
      <p>{t('locked_lead')}</p>
      {people.kind === 'waiting' && <Waiting />}
      {people.kind === 'failed' && <Trouble reason={people.reason} />}
      {people.kind === 'answered' && (
        <Doors people={people.value} chosen={chosen} onChosen={setChosen} onTried={again} />
      )}
      <ButtonRow>
        <Button kind="plain" onClick={() => setAdding(true)}>
          {t('people_add')}
        </Button>
      </ButtonRow>
    </Page>
  );
}

interface DoorsProps {
  readonly people: readonly Person[];
  readonly chosen: string | null;
  readonly onChosen: (person: string | null) => void;
  readonly onTried: () => void;
}

function Doors({ people, chosen, onChosen, onTried }: DoorsProps) {
  const { t } = useTexts();
  const named = people.map((person, at) => ({
    person,
    name: person.label === '' ? t('person_numbered', { number: at + 1 }) : person.label,
  }));
  const [first] = named;
  const only = named.length === 1 ? first : undefined;
  const one = only ?? named.find(({ person }) => person.person === chosen);
  if (one !== undefined) {
    return (
      <>
        {one !== only && (
          <h2>
            <bdi>{one.name}</bdi>
          </h2>
        )}
        <UnlockForm key={one.person.person} person={one.person} onTried={onTried} />
        {one !== only && (
          <ButtonRow>
            <Button kind="secondary" onClick={() => onChosen(null)}>
              {t('locked_other')}
            </Button>
          </ButtonRow>
        )}
      </>
    );
  }
  return (
    <section aria-labelledby="who">
      <h2 id="who">{t('locked_who')}</h2>
      <ul class="people">
        {named.map(({ person, name }) => (
          <li key={person.person}>
            <Button kind="secondary" onClick={() => onChosen(person.person)}>
              <bdi>{name}</bdi>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
