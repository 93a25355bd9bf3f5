/** Takes the receipt that came back by hand: its file, its QR code by the camera, or the code's text. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import type { ProblemCode } from '../engine/protocol';
import { useTexts } from '../i18n/context';
import type { MessageKey } from '../i18n/catalog';
import { canScan, scanCode } from '../media/scan-code';
import type { Scanned } from '../media/scan-code';
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
      <ScanReceipt take={take} />
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

const kScanFailed: Readonly<Partial<Record<Scanned['kind'], MessageKey>>> = {
  denied: 'scan_denied',
  failed: 'scan_failed',
};

/** Nothing where the browser cannot read codes. */
function ScanReceipt({ take }: { readonly take: Take }) {
  const { t } = useTexts();
  const [able, setAble] = useState(false);
  const [scanning, setScanning] = useState(false);
  const [failed, setFailed] = useState<MessageKey | null>(null);
  useEffect(() => {
    void canScan().then(setAble);
  }, []);
  if (!able) return null;
  const ended = (scanned: Scanned): void => {
    setScanning(false);
    setFailed(kScanFailed[scanned.kind] ?? null);
    if (scanned.kind === 'code') take(new Blob([scanned.text]));
  };
  return (
    <>
      {failed !== null && (
        <p class="field__error" role="alert">
          {t(failed)}
        </p>
      )}
      {scanning && <Viewfinder ended={ended} />}
      <ButtonRow>
        <Button kind="secondary" onClick={() => setScanning(!scanning)}>
          {t(scanning ? 'scan_stop' : 'scan_button')}
        </Button>
      </ButtonRow>
    </>
  );
}

/** The camera is on for as long as this is drawn. */
function Viewfinder({ ended }: { readonly ended: (scanned: Scanned) => void }) {
  const { t } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    const scan = async (): Promise<void> => {
      if (video.current === null) return;
      const scanned = await scanCode(video.current, kReceipt, controller.signal);
      if (!controller.signal.aborted) ended(scanned);
    };
    void scan();
    return () => controller.abort();
  }, []);
  return (
    <figure class="viewfinder">
      <video class="viewfinder__picture" ref={video} muted playsInline aria-label={t('scan_aim')} />
      <figcaption>{t('scan_aim')}</figcaption>
    </figure>
  );
}

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
