/** Checks a receipt that somebody shows: without a network, without an account, and without keeping it. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import { Page } from '../components/page/page';
import type { CheckedReceipt, ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { ReceiptFacts } from './receipt-facts';
import { hrefOf } from './router';
import { Trouble } from './trouble';

export function VerifyPage() {
  const { t } = useTexts();
  const { engine } = usePortal();
  const [pasted, setPasted] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<CheckedReceipt | null>(null);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const check = async (receipt: Blob): Promise<void> => {
    setBusy(true);
    setFound(null);
    setProblem(null);
    try {
      setFound(await engine.checkReceipt({ receipt }));
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
    setBusy(false);
  };
  const file = plainFrame('verify-file', t('verify_file'), '');
  const paste = plainFrame('verify-paste', t('verify_paste'), t('verify_paste_hint'));
  return (
    <Page key="verify" title={t('verify_title')} back={hrefOf({ page: 'help' })}>
      <p>{t('verify_lead')}</p>
      {problem !== null && <Trouble reason={problem} />}
      {found !== null && <Found found={found} />}
      <form autocomplete="off" noValidate onSubmit={(event) => event.preventDefault()}>
        <Field frame={file}>
          <input
            class="input"
            id={file.id}
            type="file"
            autocomplete="off"
            onChange={({ currentTarget }) => {
              const receipt = currentTarget.files?.[0];
              if (receipt) void check(receipt);
              // Cleared, so that the same file can be chosen again.
              currentTarget.value = '';
            }}
          />
        </Field>
        <Field frame={paste}>
          <textarea
            class="input input--code"
            id={paste.id}
            rows={4}
            autocomplete="off"
            spellcheck={false}
            aria-describedby={describedBy(paste)}
            value={pasted}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
        </Field>
      </form>
      <ButtonRow>
        <Button busy={busy || pasted.trim() === ''} onClick={() => void check(new Blob([pasted]))}>
          {t('verify_button')}
        </Button>
      </ButtonRow>
    </Page>
  );
}

/** Codes that ask something else of a person than not to rely on it. */
const kReasons = {
  receipt_malformed: 'verify_malformed',
  receipt_key_revoked: 'verify_revoked',
  receipt_key_unknown: 'verify_key_unknown',
} as const;

function Found({ found }: { readonly found: CheckedReceipt }) {
  const { t } = useTexts();
  if (!found.genuine) {
    const reason = Object.entries(kReasons).find(([code]) => code === found.reason)?.[1];
    return (
      <Banner tone="error" role="alert" title={t('receipt_not_genuine')}>
        <p>
          {t(reason ?? 'verify_forged')} {t('verify_not_text')}
        </p>
        <p class="problem-code">
          {t('problem_code')} <code translate={false}>{found.reason}</code>
        </p>
      </Banner>
    );
  }
  return (
    <>
      <Banner tone="success" role="status" title={t('receipt_genuine')} />
      <ReceiptFacts receipt={found} />
      <h2>{t('verify_checked_title')}</h2>
      <ul>
        <li>{t('verify_signed')}</li>
        <li>{t(found.logged ? 'verify_logged' : 'verify_short')}</li>
      </ul>
    </>
  );
}
