/** Settings of the person whose vault is open: how it is unlocked, when it locks, what the others see. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import { Page } from '../components/page/page';
import { Sure } from '../components/sure/sure';
import type { Me } from '../engine/protocol';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { AddPerson } from './add-person';
import { ChangeUnlocking } from './change-unlocking';
import { PersonName } from './person-name';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble } from './trouble';
import { useAction } from './use-action';

/** What is offered for {@link Me.lock_after_ms}, in minutes. */
const kMinutes = [1, 5, 15, 60] as const;
const kMinuteMs = 60_000;

export function LockingPage() {
  const { t } = useTexts();
  const boot = useStore(usePortal().boot);
  const me = boot.kind === 'ready' ? boot.state.me : undefined;
  return (
    <Page key="locking" title={t('locking_title')} back={hrefOf({ page: 'home' })}>
      {me === undefined ? (
        <p>{t('locking_none')}</p>
      ) : (
        <>
          <ChangeUnlocking key={me.person} me={me} />
          <LockByItself me={me} />
          <OwnName key={`name-${me.person}`} me={me} />
          <Others me={me} />
          <Leave />
        </>
      )}
    </Page>
  );
}

function LockByItself({ me }: { readonly me: Me }) {
  const { t } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const frame = plainFrame('lock-after', t('autolock_title'), t('autolock_hint'));
  const choose = (lock_after_ms: number): Promise<boolean> =>
    action.run(async () => {
      portal.boot.set({ kind: 'ready', state: await portal.engine.setPerson({ lock_after_ms }) });
    });
  return (
    <section class="settings">
      {action.problem !== null && <Trouble reason={action.problem} />}
      <Field frame={frame}>
        <select
          class="input"
          id={frame.id}
          autocomplete="off"
          aria-describedby={describedBy(frame)}
          value={String(me.lock_after_ms)}
          onChange={(event) => void choose(Number(event.currentTarget.value))}
        >
          <option value="0">{t('autolock_never')}</option>
          {kMinutes.map((minutes) => (
            <option
              key={minutes}
              value={String(minutes * kMinuteMs)}
              selected={minutes * kMinuteMs === me.lock_after_ms}
            >
              {t('autolock_minutes', { minutes })}
            </option>
          ))}
        </select>
      </Field>
    </section>
  );
}

function OwnName({ me }: { readonly me: Me }) {
  const { t } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const [label, setLabel] = useState(me.label);
  const [saved, setSaved] = useState(false);
  const save = async (): Promise<void> => {
    setSaved(
      await action.run(async () => {
        portal.boot.set({ kind: 'ready', state: await portal.engine.setPerson({ label }) });
      }),
    );
  };
  return (
    <section class="settings">
      {action.problem !== null && <Trouble reason={action.problem} />}
      <PersonName
        id="own-name"
        value={label}
        onInput={(typed) => {
          setSaved(false);
          setLabel(typed);
        }}
      />
      <ButtonRow>
        <Button kind="secondary" busy={action.busy} onClick={() => void save()}>
          {t('locking_save')}
          <span class="visually-hidden">: {t('person_name')}</span>
        </Button>
      </ButtonRow>
      <p role="status">{saved ? t('locking_saved') : ''}</p>
    </section>
  );
}

function Others({ me }: { readonly me: Me }) {
  const { t } = useTexts();
  const [adding, setAdding] = useState(false);
  return (
    <section class="settings">
      <h2>{t('people_title')}</h2>
      {me.method === 'device' && <Banner tone="warning" title={t('method_device_hint')} />}
      {adding ? (
        <AddPerson onCancel={() => setAdding(false)} />
      ) : (
        <>
          <p>{t('people_text')}</p>
          <ButtonRow>
            <Button kind="secondary" onClick={() => setAdding(true)}>
              {t('people_add')}
            </Button>
          </ButtonRow>
        </>
      )}
    </section>
  );
}

/** Deletes what is the open person's; asks once more, and says what cannot be brought back. */
function Leave() {
  const { t } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const leave = (): Promise<boolean> =>
    action.run(async () => {
      const state = await portal.engine.leaveDevice();
      portal.outbox.set([]);
      portal.router.replace({ page: 'home' });
      portal.boot.set({ kind: 'ready', state });
    });
  return (
    <section class="settings">
      <h2>{t('leave_title')}</h2>
      <p>{t('leave_text')}</p>
      {action.problem !== null && <Trouble reason={action.problem} />}
      <Sure ask={t('leave_button')} kind="danger" busy={action.busy} warning={t('leave_ask')}>
        {() => (
          <Button kind="danger" busy={action.busy} onClick={() => void leave()}>
            {t('leave_yes')}
          </Button>
        )}
      </Sure>
    </section>
  );
}
