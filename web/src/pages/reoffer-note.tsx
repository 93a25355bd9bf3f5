/** What becomes of a receipt whose entry was lost when the agency's record was restored from a copy. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import type { ProblemCode, Receipt } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { ReceiptFacts } from './receipt-facts';
import { saveFile } from './save-file';
import { Trouble } from './trouble';

export function ReofferNote({ receipt }: { readonly receipt: Receipt }) {
  const { t, problem } = useTexts();
  const outbox = useStore(usePortal().outbox);
  if (receipt.reoffer === undefined) return null;
  const item = outbox.find(({ submission_id }) => submission_id === receipt.submission_id);
  const refused = item?.state.kind === 'refused' ? item.state.reason : null;
  const isSending = receipt.reoffer === 'sending';
  return (
    <Banner
      tone={refused !== null || receipt.reoffer === 'gone' ? 'warning' : 'info'}
      role="status"
      title={t('reoffer_title')}
    >
      <p>{isSending && refused !== null ? problem(refused) : t(`reoffer_${receipt.reoffer}`)}</p>
      {refused !== null && <Reopen submission_id={receipt.submission_id} />}
    </Banner>
  );
}

/** The answers are still on this phone: as a draft they can be sealed and sent anew. */
function Reopen({ submission_id }: { readonly submission_id: string }) {
  const { t } = useTexts();
  const { engine, router } = usePortal();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const reopen = async (signal: AbortSignal): Promise<void> => {
    try {
      const draft = await engine.reopen({ submission_id }, signal);
      router.go({ page: 'draft', draft: draft.draft_id });
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <>
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        <Button kind="secondary" onClick={() => void reopen(new AbortController().signal)}>
          {t('sent_reopen')}
        </Button>
      </ButtonRow>
    </>
  );
}

/** The receipts of before stay: they prove when the application arrived first. */
export function EarlierReceipts({ receipts }: { readonly receipts: readonly Receipt[] }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const save = async ({ jws, case_number }: Receipt, signal: AbortSignal): Promise<void> => {
    try {
      const file = new Blob([jws], { type: 'application/jose' });
      await saveFile(file, `receipt-${case_number}-earlier.jws`, signal);
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <>
      {problem !== null && <Trouble reason={problem} />}
      {receipts.map((receipt) => (
        <section key={receipt.jws} class="receipt-earlier">
          <h2>{t('reoffer_earlier')}</h2>
          <ReceiptFacts receipt={receipt} />
          <ButtonRow>
            <Button
              kind="secondary"
              onClick={() => void save(receipt, new AbortController().signal)}
            >
              {t('reoffer_receipt')}
            </Button>
          </ButtonRow>
        </section>
      ))}
    </>
  );
}
