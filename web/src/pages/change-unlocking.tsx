/** Choosing how the vault is unlocked: nothing after a plain warning, a PIN, a passphrase, or the phone's own lock. */
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { plainFrame } from '../components/field/field';
import type { FieldFrame } from '../components/field/field';
import { isLongEnough, isPassword } from '../engine/password';
import type { PasswordMethod } from '../engine/password';
import type { Me, NextUnlocking, Shown, UnlockMethod } from '../engine/protocol';
import { meansContinue } from '../forms/composing';
import type { Engine } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { askPasskey, makePasskey, mayUsePasskeys } from './passkey';
import { PasswordField } from './password-field';
import { usePortal } from './portal';
import { Trouble } from './trouble';
import { useAction } from './use-action';

const kMethods: readonly UnlockMethod[] = ['passphrase', 'pin', 'passkey', 'device'];

type Complaint = 'locking_short_pin' | 'locking_short_passphrase' | 'locking_differs';

interface Typed {
  readonly current: string;
  readonly next: string;
  readonly repeated: string;
}

const kNothing: Typed = { current: '', next: '', repeated: '' };

/** What keeps the new password from being set. */
function complaintOf(method: UnlockMethod, { next, repeated }: Typed): Complaint | null {
  if (!isPassword(method)) return null;
  if (!isLongEnough(method, next)) return `locking_short_${method}`;
  return next === repeated ? null : 'locking_differs';
}

/** What was chosen and typed so far, and what came of it. */
function useChange(me: Me) {
  const { t } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const [method, setMethod] = useState<UnlockMethod>(me.method);
  const [typed, setTyped] = useState<Typed>(kNothing);
  const [complaint, setComplaint] = useState<Complaint | null>(null);
  const [saved, setSaved] = useState(false);
  const [renewing, setRenewing] = useState(false);
  const choose = (next: UnlockMethod, again: boolean): void => {
    setMethod(next);
    setTyped(kNothing);
    setComplaint(null);
    setSaved(false);
    setRenewing(again);
  };
  const save = async (): Promise<void> => {
    const found = complaintOf(method, typed);
    setComplaint(found);
    setSaved(false);
    if (found !== null) return;
    const changed = await action.run(async () => {
      const current = await presentOf(portal.engine, me, typed.current);
      const next = await nextOf(method, typed.next, t('app_name'));
      const state = await portal.engine.changeUnlocking({ current, next });
      portal.boot.set({ kind: 'ready', state });
    });
    setSaved(changed);
    setTyped(kNothing);
    if (changed) setRenewing(false);
  };
  /** There is something to save: another way, or a new password for the same one. */
  const changing = method !== me.method || renewing;
  return { action, method, typed, setTyped, complaint, saved, changing, choose, save };
}

export function ChangeUnlocking({ me }: { readonly me: Me }) {
  const { t } = useTexts();
  const { action, method, typed, setTyped, complaint, saved, changing, choose, save } =
    useChange(me);
  return (
    <section class="settings">
      <h2 id="how-to-unlock">{t('locking_how')}</h2>
      {saved && <Banner tone="success" role="status" title={t('locking_saved')} />}
      {action.problem !== null && action.problem !== 'cancelled' && (
        <Trouble reason={action.problem} />
      )}
      <form
        autocomplete="off"
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (changing && meansContinue(event)) void save();
        }}
      >
        <Methods present={me.method} method={method} onChosen={(one) => choose(one, false)} />
        {method === 'device' && changing && (
          <Banner tone="warning" title={t('before_warning_title')}>
            <p>{t('before_warning')}</p>
          </Banner>
        )}
        {changing && isPassword(me.method) && (
          <PasswordField
            frame={plainFrame('current-password', t(`locking_current_${me.method}`), '')}
            method={me.method}
            value={typed.current}
            onInput={(current) => setTyped({ ...typed, current })}
          />
        )}
        {changing && isPassword(method) && (
          <NewPassword method={method} typed={typed} complaint={complaint} onTyped={setTyped} />
        )}
      </form>
      <ButtonRow>
        {changing && (
          <Button busy={action.busy} onClick={() => void save()}>
            {t('locking_save')}
            <span class="visually-hidden">: {t('locking_how')}</span>
          </Button>
        )}
        {!changing && isPassword(me.method) && (
          <Button kind="secondary" onClick={() => choose(me.method, true)}>
            {t(`locking_new_${me.method}`)}
          </Button>
        )}
      </ButtonRow>
      {action.busy && <p role="status">{t('waiting')}</p>}
    </section>
  );
}

/** What the present way of unlocking asks for. */
async function presentOf(engine: Engine, me: Me, typed: string): Promise<Shown> {
  if (isPassword(me.method)) return { password: typed };
  if (me.method === 'device') return null;
  const own = (await engine.listPeople()).find(({ person }) => person === me.person);
  return own?.passkey === undefined ? null : { prf: await askPasskey(own.passkey) };
}

async function nextOf(method: UnlockMethod, password: string, app: string): Promise<NextUnlocking> {
  if (method === 'device') return { method };
  return method === 'passkey' ? { method, ...(await makePasskey(app)) } : { method, password };
}

interface MethodsProps {
  readonly present: UnlockMethod;
  readonly method: UnlockMethod;
  readonly onChosen: (method: UnlockMethod) => void;
}

function Methods({ present, method, onChosen }: MethodsProps) {
  const { t } = useTexts();
  const [passkeys, setPasskeys] = useState(present === 'passkey');
  useEffect(() => {
    void mayUsePasskeys().then((usable) => setPasskeys(usable || present === 'passkey'));
  }, [present]);
  return (
    <div class="choices field" role="radiogroup" aria-labelledby="how-to-unlock">
      {kMethods
        .filter((one) => one !== 'passkey' || passkeys)
        .map((one) => (
          <label class="choice" key={one}>
            <input
              type="radio"
              name="unlock-method"
              autocomplete="off"
              checked={method === one}
              onChange={() => onChosen(one)}
            />
            <span>
              {t(`method_${one}`)}
              <span class="choice__note">{t(`method_${one}_hint`)}</span>
            </span>
          </label>
        ))}
    </div>
  );
}

interface NewPasswordProps {
  readonly method: PasswordMethod;
  readonly typed: Typed;
  readonly complaint: Complaint | null;
  readonly onTyped: (typed: Typed) => void;
}

function NewPassword({ method, typed, complaint, onTyped }: NewPasswordProps) {
  const { t } = useTexts();
  const errors = complaint === null ? [] : [t(complaint)];
  const differs = complaint === 'locking_differs';
  const next: FieldFrame = {
    ...plainFrame('new-password', t(`locking_new_${method}`), t('locking_forget')),
    errors: differs ? [] : errors,
  };
  const repeated: FieldFrame = {
    ...plainFrame('new-password-again', t('locking_repeat'), ''),
    errors: differs ? errors : [],
  };
  return (
    <PasswordField
      frame={next}
      method={method}
      value={typed.next}
      onInput={(value) => onTyped({ ...typed, next: value })}
      again={{
        frame: repeated,
        value: typed.repeated,
        onInput: (value) => onTyped({ ...typed, repeated: value }),
      }}
    />
  );
}
