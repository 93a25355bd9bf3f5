/** Keeping a copy on the server: what it is, how it stands, a new code, an end of it. */
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import { Sure } from '../components/sure/sure';
import type { BackupState } from '../engine/protocol';
import { useTexts } from '../i18n/context';
import { formatCalendarDate, formatPhoneTime } from '../i18n/dates';
import type { Portal } from './portal';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble, Waiting } from './trouble';
import type { Action } from './use-action';
import { useAction } from './use-action';
import { useCall } from './use-call';

type On = Extract<BackupState, { readonly kind: 'on' }>;

export function BackupPage() {
  const { t } = useTexts();
  const portal = usePortal();
  const { state, ask } = useBackup(portal);
  const action = useAction();
  const open = useVaultForIt(portal);
  return (
    <Page key="backup" title={t('backup_title')} back={hrefOf({ page: 'home' })}>
      {action.problem !== null && <Trouble reason={action.problem} />}
      {state === null && <Waiting />}
      {state?.kind === 'none' && (
        <>
          <p>{t('backup_lead')}</p>
          <p>{t('backup_what')}</p>
          <ButtonRow>
            <Button
              busy={action.busy}
              onClick={() =>
                void action.run(async () => {
                  await open();
                  await portal.engine.makeRecovery();
                  portal.router.go({ page: 'sheet' });
                })
              }
            >
              {t('backup_make')}
            </Button>
          </ButtonRow>
        </>
      )}
      {state?.kind === 'on' && <Kept state={state} action={action} ask={ask} />}
    </Page>
  );
}

/** How the copy stands, as the engine tells it. */
function useBackup(portal: Portal): {
  readonly state: BackupState | null;
  readonly ask: () => void;
} {
  const [turn, setTurn] = useState(0);
  const [told, setTold] = useState<BackupState | null>(null);
  const asked = useCall((signal) => portal.engine.backup(signal), [turn]);
  useEffect(
    () =>
      portal.engine.subscribe((event) => {
        if (event.event === 'backup') setTold(event.backup);
      }),
    [portal],
  );
  useEffect(() => setTold(null), [asked]);
  const answered = asked.kind === 'answered' ? asked.value : null;
  return { state: told ?? answered, ask: () => setTurn((count) => count + 1) };
}

/** Somebody who begins with a copy needs keys first. */
function useVaultForIt(portal: Portal): () => Promise<void> {
  return async () => {
    const boot = portal.boot.get();
    if (boot.kind !== 'ready' || boot.state.vault !== 'none') return;
    portal.boot.set({ kind: 'ready', state: await portal.engine.createVault() });
  };
}

function Kept({
  state,
  action,
  ask,
}: {
  readonly state: On;
  readonly action: Action;
  readonly ask: () => void;
}) {
  const { t } = useTexts();
  const { engine } = usePortal();
  return (
    <>
      <Standing state={state} />
      <p class="muted">{t('backup_what')}</p>
      <p class="muted">{t('backup_deletes')}</p>
      <ButtonRow>
        <LinkButton href={hrefOf({ page: 'sheet' })}>{t('backup_sheet')}</LinkButton>
        <Button
          kind="secondary"
          busy={action.busy}
          onClick={() =>
            void action
              .run(async () => {
                await engine.backUpNow();
              })
              .then(ask)
          }
        >
          {t('backup_now')}
        </Button>
      </ButtonRow>
      <Replace action={action} />
      <Delete action={action} ask={ask} />
    </>
  );
}

function Standing({ state }: { readonly state: On }) {
  const { t, locale, problem } = useTexts();
  const { kept_at, expires, waiting, reason, left_out, leaving } = state;
  const title = kept_at === null && waiting ? t('backup_first') : t('backup_kept');
  const tone = reason !== null ? 'warning' : waiting ? 'info' : 'success';
  return (
    <Banner tone={tone} role="status" title={title}>
      {kept_at !== null && <p>{t('backup_kept_at', { time: formatPhoneTime(kept_at, locale) })}</p>}
      {expires !== null && (
        <p>{t('backup_until', { date: formatCalendarDate(expires.slice(0, 10), locale) })}</p>
      )}
      {waiting && <p>{t('backup_waiting')}</p>}
      {reason !== null && <p>{problem(reason)}</p>}
      {left_out > 0 && <p>{t('backup_left_out', { count: left_out })}</p>}
      {leaving && <p>{t('backup_leaving')}</p>}
    </Banner>
  );
}

function Replace({ action }: { readonly action: Action }) {
  const { t } = useTexts();
  const { engine, router } = usePortal();
  return (
    <section>
      <h2>{t('backup_replace_title')}</h2>
      <p>{t('backup_replace')}</p>
      <Sure ask={t('backup_replace_button')} kind="secondary" busy={action.busy}>
        {(close) => (
          <Button
            kind="danger"
            busy={action.busy}
            onClick={() =>
              void action
                .run(async () => {
                  await engine.replaceRecovery();
                  router.go({ page: 'sheet' });
                })
                .finally(close)
            }
          >
            {t('backup_replace_button')}
          </Button>
        )}
      </Sure>
    </section>
  );
}

function Delete({ action, ask }: { readonly action: Action; readonly ask: () => void }) {
  const { t } = useTexts();
  const { engine } = usePortal();
  return (
    <section>
      <h2>{t('backup_delete_title')}</h2>
      <p>{t('backup_delete')}</p>
      <Sure
        ask={t('backup_delete_button')}
        kind="danger"
        busy={action.busy}
        warning={t('backup_delete_ask')}
      >
        {(close) => (
          <Button
            kind="danger"
            busy={action.busy}
            onClick={() =>
              void action
                .run(async () => {
                  await engine.deleteBackup();
                })
                .then(ask)
                .finally(close)
            }
          >
            {t('backup_delete_yes')}
          </Button>
        )}
      </Sure>
    </section>
  );
}
