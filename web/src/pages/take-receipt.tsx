/** Takes the receipt that came back by hand: its file, its QR code by the camera, or the code's text. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import type { ProblemCode } from '../engine/protocol';
import { useTexts } from '../i18n/context';
import { Scan } from './scan';
import { Trouble } from './trouble';

type Take = (receipt: Blob) => void;

interface TakeReceiptProps {
  readonly take: Take;
  /** Why the last one was not taken. */
  readonly problem: ProblemCode | null;
}

export function TakeReceipt({ take, problem }: TakeReceiptProps) {
  const { t } = useTexts();
  const frame = plainFrame('carried-receipt', t('sent_receipt_file'), t('sent_receipt_hint'));
  return (
    <>
      <Field frame={frame}>
        <input
          class="input"
          id={frame.id}
          type="file"
          autocomplete="off"
          aria-describedby={describedBy(frame)}
          onChange={({ currentTarget }) => {
            const receipt = currentTarget.files?.[0];
            if (receipt) take(receipt);
            // Cleared, so that the same file can be chosen again.
            currentTarget.value = '';
          }}
        />
      </Field>
      <Scan wanted={kReceipt} aim={t('scan_aim')} take={(text) => take(new Blob([text]))} />
      {problem !== null && <NotTaken reason={problem} />}
      <PasteReceipt take={take} />
    </>
  );
}

/** Between the ways to give it, so that it is in sight whichever was used. */
function NotTaken({ reason }: { readonly reason: ProblemCode }) {
  const { t } = useTexts();
  if (reason !== 'receipt_not_genuine') return <Trouble reason={reason} />;
  return (
    <Banner tone="error" role="alert" title={t('scan_wrong')}>
      <p class="problem-code">
        {t('problem_code')} <code translate={false}>{reason}</code>
      </p>
    </Banner>
  );
}

/** A compact JWS; other codes that come into sight are passed over. */
const kReceipt = /^[\w-]+\.[\w-]+\.[\w-]+$/;

function PasteReceipt({ take }: { readonly take: Take }) {
  const { t } = useTexts();
  const [pasted, setPasted] = useState('');
  const frame = plainFrame('pasted-receipt', t('verify_paste'), t('verify_paste_hint'));
  return (
    <>
      <Field frame={frame}>
        <textarea
          class="input input--code"
          id={frame.id}
          rows={3}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={describedBy(frame)}
          value={pasted}
          onInput={(event) => setPasted(event.currentTarget.value)}
        />
      </Field>
      <ButtonRow>
        <Button
          kind="secondary"
          busy={pasted.trim() === ''}
          onClick={() => take(new Blob([pasted]))}
        >
          {t('scan_take')}
        </Button>
      </ButtonRow>
    </>
  );
}
