/** What the case office said of what was received: nothing yet, that it was opened, or that it cannot be. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import type { ProblemCode, Receipt } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { formatTaipeiTime } from '../i18n/dates';
import { usePortal } from './portal';
import { Trouble } from './trouble';

export function ToldByOffice({ receipt }: { readonly receipt: Receipt }) {
  const { t, locale } = useTexts();
  const { told } = receipt;
  if (told === null) return null;
  const time = formatTaipeiTime(told.issued, locale);
  if (told.says === 'opened') {
    return (
      <Banner tone="success" title={t('told_opened', { time })}>
        <p>{t('told_opened_text')}</p>
      </Banner>
    );
  }
  return (
    <Banner tone="warning" role="alert" title={t('told_unreadable', { time })}>
      <p>{t('told_unreadable_text')}</p>
      {receipt.replaced === true ? (
        <p>{t('told_replaced')}</p>
      ) : (
        <SealAgain submission_id={receipt.submission_id} />
      )}
    </Banner>
  );
}

/** The draft is kept: it goes on from there, and what was received keeps its receipt. */
function SealAgain({ submission_id }: { readonly submission_id: string }) {
  const { t } = useTexts();
  const portal = usePortal();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const reopen = async (): Promise<void> => {
    setProblem(null);
    try {
      const signal = new AbortController().signal;
      const draft = await portal.engine.reopen({ submission_id }, signal);
      portal.router.go({ page: 'draft', draft: draft.draft_id });
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <>
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        <Button onClick={() => void reopen()}>{t('told_seal_again')}</Button>
      </ButtonRow>
    </>
  );
}
