/** The receipt: the case number, when, whether it is genuine, and ways to keep it. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import { Qr } from '../components/qr/qr';
import type { ProblemCode, Receipt } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { ReceiptFacts } from './receipt-facts';
import { EarlierReceipts, ReofferNote } from './reoffer-note';
import { hrefOf } from './router';
import { saveFile } from './save-file';
import { ToldByOffice } from './told';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

export function ReceiptPage({ submission }: { readonly submission: string }) {
  const { t } = useTexts();
  const { engine, outbox } = usePortal();
  // Whatever comes for an item comes with a change of the outbox.
  const items = useStore(outbox);
  const receipts = useCall((signal) => engine.listReceipts(signal), [submission, items]);
  if (receipts.kind === 'waiting') return <Waiting />;
  if (receipts.kind === 'failed') return <Trouble reason={receipts.reason} />;
  const receipt = receipts.value.find((one) => one.submission_id === submission);
  if (receipt) return <ReceiptView receipt={receipt} />;
  return (
    <Page key="none" title={t('sent_unknown')} back={hrefOf({ page: 'home' })}>
      <p>{t('sent_unknown_text')}</p>
    </Page>
  );
}

function ReceiptView({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTexts();
  return (
    <Page
      key="receipt"
      title={t(receipt.genuine ? 'receipt_title' : 'receipt_not_genuine')}
      back={hrefOf({ page: 'home' })}
    >
      {receipt.genuine ? (
        <Banner tone="success" title={t('receipt_genuine')}>
          <p>{t('receipt_genuine_text')}</p>
        </Banner>
      ) : (
        <Banner tone="error" role="alert" title={t('receipt_not_genuine')}>
          <p>{t('receipt_not_genuine_text')}</p>
        </Banner>
      )}
      <ReofferNote receipt={receipt} />
      {receipt.genuine && <ToldByOffice receipt={receipt} />}
      <div class="receipt">
        <ReceiptFacts receipt={receipt} />
        <figure class="receipt__qr">
          <Qr text={receipt.short_jws} label={t('receipt_qr_label')} />
          <figcaption class="muted">{t('receipt_qr')}</figcaption>
        </figure>
      </div>
      <KeepReceipt receipt={receipt} />
      <EarlierReceipts receipts={receipt.earlier ?? []} />
      {receipt.reoffer !== 'gone' && receipt.told?.says !== 'unreadable' && (
        <section>
          <h2>{t('receipt_next_title')}</h2>
          <p>{t('receipt_next')}</p>
          {receipt.told === null && <p>{t('told_nothing')}</p>}
          <p>{t('receipt_no_resend')}</p>
        </section>
      )}
    </Page>
  );
}

function KeepReceipt({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const save = async (signal: AbortSignal): Promise<void> => {
    try {
      await saveFile(
        new Blob([receipt.jws], { type: 'application/jose' }),
        `receipt-${receipt.case_number}.jws`,
        signal,
      );
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <div class="no-print">
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        <Button onClick={() => void save(new AbortController().signal)}>{t('receipt_save')}</Button>
        <Button kind="secondary" onClick={() => window.print()}>
          {t('receipt_print')}
        </Button>
        <LinkButton kind="plain" href={hrefOf({ page: 'home' })}>
          {t('to_home')}
        </LinkButton>
      </ButtonRow>
    </div>
  );
}
