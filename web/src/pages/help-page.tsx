/** Help and about: what is kept here, how much room there is, versions, and deleting everything. */
import { useState } from 'preact/hooks';
import { Button } from '../components/button/button';
import { Page } from '../components/page/page';
import { Sure } from '../components/sure/sure';
import { SummaryList } from '../components/summary-list/summary-list';
import type { SummaryRow } from '../components/summary-list/summary-list';
import type { ProblemCode } from '../engine/protocol';
import { formatBytes } from '../forms/bytes';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { askToKeepStorage } from './storage';
import { Trouble } from './trouble';
import { useCall } from './use-call';

export function HelpPage() {
  const { t } = useTexts();
  return (
    <Page key="help" title={t('help_title')} back={hrefOf({ page: 'home' })}>
      <h2>{t('help_questions')}</h2>
      <Answer question="help_q_network" answer="help_a_network" />
      <Answer question="help_q_lost" answer="help_a_lost" />
      <Answer question="help_q_arrived" answer="help_a_arrived" />
      <Answer question="help_q_who" answer="help_a_who" />
      <Answer question="help_q_shared" answer="help_a_shared" />
      <p>
        <a class="row-link" href={hrefOf({ page: 'verify' })}>
          {t('verify_title')}
        </a>
      </p>
      <p>
        <a class="row-link" href={hrefOf({ page: 'hand-in' })}>
          {t('handin_title')}
        </a>
      </p>
      <p>
        <a class="row-link" href={hrefOf({ page: 'locking' })}>
          {t('locking_title')}
        </a>
      </p>
      <Storage />
      <Versions />
      <Wipe />
    </Page>
  );
}

type HelpTopic = 'network' | 'lost' | 'arrived' | 'who' | 'shared';

function Answer({
  question,
  answer,
}: {
  readonly question: `help_q_${HelpTopic}`;
  readonly answer: `help_a_${HelpTopic}`;
}) {
  const { t } = useTexts();
  return (
    <details class="hint">
      <summary>{t(question)}</summary>
      <p>{t(answer)}</p>
    </details>
  );
}

function Storage() {
  const { t, locale } = useTexts();
  const { engine } = usePortal();
  const [turn, setTurn] = useState(0);
  const asked = useCall(
    async (signal) => ({
      ...(await engine.storage(signal)),
      // Only the page can ask this; a worker in some browsers cannot.
      persisted: (await navigator.storage?.persisted?.()) ?? false,
    }),
    [turn],
  );
  if (asked.kind !== 'answered') return null;
  const { persisted, used_bytes: used, quota_bytes: quota } = asked.value;
  const room =
    used !== null && quota !== null
      ? t('help_room', { used: formatBytes(used, locale), quota: formatBytes(quota, locale) })
      : t('help_room_unknown');
  return (
    <section>
      <h2>{t('help_storage')}</h2>
      <p>{room}</p>
      <p>{t(persisted ? 'help_persisted' : 'help_not_persisted')}</p>
      {!persisted && (
        <Button
          kind="secondary"
          onClick={() => void askToKeepStorage().then(() => setTurn((count) => count + 1))}
        >
          {t('help_persist')}
        </Button>
      )}
    </section>
  );
}

function Versions() {
  const { t } = useTexts();
  const portal = usePortal();
  const boot = useStore(portal.boot);
  const offlineReady = useStore(portal.offlineReady);
  if (boot.kind !== 'ready') return null;
  const { engine, root_kid: root, former_root_kids: former = [] } = boot.state;
  const rows: SummaryRow[] = [
    { id: 'engine', label: t('help_engine'), value: code(engine) },
    { id: 'root', label: t('help_root'), value: code(root) },
    ...former.map((kid) => ({ id: kid, label: t('help_root_former'), value: code(kid) })),
    { id: 'offline', label: t('help_offline'), value: t(offlineReady ? 'yes' : 'no') },
  ];
  return (
    <section>
      <h2>{t('help_versions')}</h2>
      <SummaryList rows={rows} />
    </section>
  );
}

function code(text: string) {
  return <code translate={false}>{text}</code>;
}

/** Deletes everything; asks once more, and says what cannot be brought back. */
function Wipe() {
  const { t } = useTexts();
  const portal = usePortal();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const wipe = async (signal: AbortSignal): Promise<void> => {
    try {
      portal.boot.set({ kind: 'ready', state: await portal.engine.wipe(signal) });
      portal.outbox.set([]);
      portal.router.replace({ page: 'home' });
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <section>
      <h2>{t('wipe_title')}</h2>
      <p>{t('wipe_text')}</p>
      {problem !== null && <Trouble reason={problem} />}
      <Sure ask={t('wipe_button')} kind="danger" busy={false} warning={t('wipe_ask')}>
        {() => (
          <Button kind="danger" onClick={() => void wipe(new AbortController().signal)}>
            {t('wipe_yes')}
          </Button>
        )}
      </Sure>
    </section>
  );
}
