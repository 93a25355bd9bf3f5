/** Where a sealed application stands on its way to the case office. */
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Ladder } from '../components/ladder/ladder';
import { Page } from '../components/page/page';
import type { OutboxSummary, ProblemCode } from '../engine/protocol';
import { formatBytes } from '../forms/bytes';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { MessageKey } from '../i18n/catalog';
import { formatPhoneTime } from '../i18n/dates';
import { applicationSteps } from './application-steps';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { saveFile } from './save-file';
import { TakeReceipt } from './take-receipt';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

export function SentPage({ submission }: { readonly submission: string }) {
  const { t } = useTexts();
  const portal = usePortal();
  const outbox = useStore(portal.outbox);
  const item = outbox.find((one) => one.submission_id === submission);
  const receipts = useCall((signal) => portal.engine.listReceipts(signal), [outbox]);
  // Offered again after the log was restored, and refused: there is a receipt, and something to do.
  const refused = item?.state.kind === 'refused';
  const received =
    !refused &&
    receipts.kind === 'answered' &&
    receipts.value.some((receipt) => receipt.submission_id === submission);
  useEffect(() => {
    if (received) portal.router.replace({ page: 'receipt', submission });
  }, [received]);
  if (!item) {
    if (receipts.kind === 'waiting' || received) return <Waiting />;
    return (
      <Page key="gone" title={t('sent_unknown')} back={hrefOf({ page: 'home' })}>
        <p>{t('sent_unknown_text')}</p>
      </Page>
    );
  }
  return <SentItem item={item} />;
}

function titleKey(item: OutboxSummary): MessageKey {
  switch (item.state.kind) {
    case 'sealed':
    case 'waiting':
      return 'sent_title_sealed';
    case 'sending':
      return 'sent_title_sending';
    case 'refused':
      return 'sent_title_refused';
    case 'received':
      return 'sent_title_received';
  }
}

function SentItem({ item }: { readonly item: OutboxSummary }) {
  const texts = useTexts();
  const { t, locale } = texts;
  const online = useStore(usePortal().online);
  const { state } = item;
  return (
    <Page key="sent" title={t(titleKey(item))} back={hrefOf({ page: 'home' })}>
      <div role="status">
        <Ladder steps={applicationSteps(texts, state, online)} label={t('ladder_label')} />
        {state.kind === 'sending' && (
          <progress
            class="wide"
            max={Math.max(1, state.total_bytes)}
            value={state.sent_bytes}
            aria-label={t('sent_bytes', {
              sent: formatBytes(state.sent_bytes, locale),
              total: formatBytes(state.total_bytes, locale),
            })}
          />
        )}
      </div>
      {(state.kind === 'sealed' || state.kind === 'waiting') && (
        <Banner tone="info" title={t(online ? 'sent_by_itself' : 'sent_waiting_network')}>
          <p>{t('sent_may_close')}</p>
        </Banner>
      )}
      <p class="muted">
        {t('sent_sealed_at', {
          time: formatPhoneTime(item.sealed_at, locale),
          size: formatBytes(item.sealed_bytes, locale),
        })}
      </p>
      <SentActions item={item} />
    </Page>
  );
}

function SentActions({ item }: { readonly item: OutboxSummary }) {
  const { t } = useTexts();
  const portal = usePortal();
  const { problem, attempt } = useAttempt();
  const submission_id = item.submission_id;
  const reopen = async (signal: AbortSignal): Promise<void> => {
    const draft = await portal.engine.reopen({ submission_id }, signal);
    portal.router.go({ page: 'draft', draft: draft.draft_id });
  };
  return (
    <>
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        {item.state.kind === 'waiting' && (
          <Button
            onClick={() =>
              void attempt(
                async (signal) => void (await portal.engine.retryNow({ submission_id }, signal)),
              )
            }
          >
            {t('sent_try_now')}
          </Button>
        )}
        {item.state.kind === 'refused' && (
          <Button onClick={() => void attempt(reopen)}>{t('sent_reopen')}</Button>
        )}
        <LinkButton kind="secondary" href={hrefOf({ page: 'home' })}>
          {t('to_home')}
        </LinkButton>
      </ButtonRow>
      {item.state.kind !== 'received' && <CarryByHand submission_id={submission_id} />}
    </>
  );
}

interface Attempts {
  /** Why the last one failed. */
  readonly problem: ProblemCode | null;
  readonly attempt: (action: (signal: AbortSignal) => Promise<void>) => Promise<void>;
}

function useAttempt(): Attempts {
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  return {
    problem,
    attempt: async (action) => {
      setProblem(null);
      try {
        await action(new AbortController().signal);
      } catch (reason) {
        setProblem(problemOf(reason).code);
      }
    },
  };
}

/** The way without a network: the sealed file out, the receipt in. */
function CarryByHand({ submission_id }: { readonly submission_id: string }) {
  const { t } = useTexts();
  const portal = usePortal();
  const saving = useAttempt();
  const taking = useAttempt();
  const carry = async (signal: AbortSignal): Promise<void> => {
    const bundle = await portal.engine.exportBundle({ submission_id }, signal);
    await saveFile(bundle, `landfall-${submission_id.slice(0, 8)}.tar`, signal);
  };
  const takeReceipt =
    (receipt: Blob) =>
    async (signal: AbortSignal): Promise<void> => {
      await portal.engine.takeReceipt({ submission_id, receipt }, signal);
    };
  return (
    <details class="hint">
      <summary>{t('sent_carry_title')}</summary>
      <p>{t('sent_carry')}</p>
      <p>{t('handin_where')}</p>
      <p class="address">
        <a href={hrefOf({ page: 'hand-in' })}>
          <bdi translate={false}>{new URL(hrefOf({ page: 'hand-in' }), location.href).href}</bdi>
        </a>
      </p>
      {saving.problem !== null && <Trouble reason={saving.problem} />}
      <ButtonRow>
        <Button kind="secondary" onClick={() => void saving.attempt(carry)}>
          {t('sent_carry_button')}
        </Button>
      </ButtonRow>
      <TakeReceipt
        take={(receipt) => void taking.attempt(takeReceipt(receipt))}
        problem={taking.problem}
      />
    </details>
  );
}
