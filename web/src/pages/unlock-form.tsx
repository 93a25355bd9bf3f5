/** One person's door: what they show to unlock, and how long a wait is after wrong tries. */
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { plainFrame } from '../components/field/field';
import { isPassword } from '../engine/password';
import type { Person, Shown } from '../engine/protocol';
import { meansContinue } from '../forms/composing';
import { useTexts } from '../i18n/context';
import type { LocaleInfo } from '../i18n/locales';
import { askPasskey } from './passkey';
import { PasswordField } from './password-field';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble } from './trouble';
import { useAction } from './use-action';

interface UnlockFormProps {
  readonly person: Person;
  /** A try was made and was wrong: how the person stands has changed. */
  readonly onTried: () => void;
}

export function UnlockForm({ person, onTried }: UnlockFormProps) {
  const { t, locale } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const [typed, setTyped] = useState('');
  const waits = useWait(person.wait_until, onTried);
  const { method } = person;
  const unlock = async (): Promise<void> => {
    if (waits || (isPassword(method) && typed === '')) return;
    const opened = await action.run(async () => {
      const shown = await show(person, typed);
      const state = await portal.engine.unlockPerson({ person: person.person, shown });
      portal.boot.set({ kind: 'ready', state });
    });
    if (opened) return;
    setTyped('');
    onTried();
  };
  return (
    <>
      {waits ? (
        <Banner
          tone="warning"
          role="alert"
          title={t('unlock_wait_until', { time: timeOf(person.wait_until ?? '', locale) })}
        />
      ) : (
        action.problem !== null &&
        action.problem !== 'cancelled' && <Trouble reason={action.problem} />
      )}
      {method === 'passkey' && <p>{t('passkey_how')}</p>}
      {isPassword(method) && (
        <form
          autocomplete="off"
          noValidate
          onSubmit={(event) => event.preventDefault()}
          onKeyDown={(event) => {
            if (meansContinue(event)) void unlock();
          }}
        >
          <PasswordField
            frame={plainFrame('unlock-password', t(method), '')}
            method={method}
            value={typed}
            onInput={setTyped}
          />
        </form>
      )}
      <ButtonRow>
        <Button busy={action.busy || waits} onClick={() => void unlock()}>
          {t('locked_unlock')}
        </Button>
      </ButtonRow>
      {action.busy && method !== 'device' && <p role="status">{t('waiting')}</p>}
      {method !== 'device' && (
        <details class="hint">
          <summary>{t('unlock_forgot')}</summary>
          <p>{t('unlock_forgot_text')}</p>
          <p>
            <a href={hrefOf({ page: 'restore' })}>{t('home_restore')}</a>
          </p>
        </details>
      )}
    </>
  );
}

async function show({ method, passkey }: Person, typed: string): Promise<Shown> {
  if (method === 'passkey' && passkey !== undefined) return { prf: await askPasskey(passkey) };
  return method === 'device' ? null : { password: typed };
}

/** The time of day, with seconds: waits may be short. */
function timeOf(instant: string, locale: LocaleInfo): string {
  const options = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  return new Intl.DateTimeFormat(locale.intl, options).format(Date.parse(instant));
}

/** Whether the person still has to wait; `over` is called when the wait has ended. */
function useWait(until: string | null, over: () => void): boolean {
  const left = until === null ? 0 : Date.parse(until) - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    // A little later than the engine's own clock reads, so that it agrees.
    const timer = setTimeout(over, left + 250);
    return () => clearTimeout(timer);
  }, [until]);
  return left > 0;
}
