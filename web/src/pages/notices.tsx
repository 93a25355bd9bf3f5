/** Notices above the page: test build, a restarted engine, a new version. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button } from '../components/button/button';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { LazyPage } from './lazy-page';
import { usePortal } from './portal';
import { draftOf } from './router';
import { useLazy } from './use-lazy';

export function Notices() {
  return (
    <>
      <DevelopmentNotice />
      <LogAlarmNotice />
      <RestartNotice />
      <UpdateNotice />
    </>
  );
}

function DevelopmentNotice() {
  const { t } = useTexts();
  const boot = useStore(usePortal().boot);
  if (boot.kind !== 'ready' || !boot.state.development) return null;
  return <p class="development">{t('development_notice')}</p>;
}

/** Its code is fetched when there is something to say, which is never meant to be. */
function LogAlarmNotice() {
  const alarms = useStore(usePortal().logAlarms);
  const lazy = useLazy(alarms.length > 0, async () => (await import('./log-alarm')).LogAlarms);
  if (alarms.length === 0) return null;
  return <LazyPage lazy={lazy} props={{ alarms }} />;
}

function RestartNotice() {
  const { t, problem } = useTexts();
  const portal = usePortal();
  const restart = useStore(portal.restart);
  if (!restart) return null;
  return (
    <Banner
      tone="warning"
      role="alert"
      title={t(restart.forGood ? 'restart_stopped' : 'restart_title')}
    >
      <p>{problem(restart.reason)}</p>
      <p>{t(restart.forGood ? 'restart_reload' : 'restart_kept')}</p>
      <p class="problem-code">
        {t('problem_code')} <code translate={false}>{restart.reason}</code>
      </p>
      {restart.forGood ? (
        <Button onClick={() => location.reload()}>{t('restart_reload_button')}</Button>
      ) : (
        <Button kind="secondary" onClick={() => portal.restart.set(null)}>
          {t('close')}
        </Button>
      )}
    </Banner>
  );
}

/** A new version waits while a form is open: an open form keeps its engine and its package. */
function UpdateNotice() {
  const { t } = useTexts();
  const portal = usePortal();
  const update = useStore(portal.update);
  const route = useStore(portal.router.route);
  const [held, setHeld] = useState(false);
  if (!update) return null;
  if (held || draftOf(route) !== null) return <p class="update-note">{t('update_waits')}</p>;
  const apply = async (): Promise<void> => {
    if (!(await update.apply())) setHeld(true);
  };
  return (
    <Banner tone="info" role="status" title={t('update_title')}>
      <Button kind="secondary" onClick={() => void apply()}>
        {t('update_button')}
      </Button>
    </Banner>
  );
}
