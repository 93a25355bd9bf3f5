/** Reads a QR code with the camera; nothing is drawn where the browser cannot read codes. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button, ButtonRow } from '../components/button/button';
import { useTexts } from '../i18n/context';
import type { MessageKey } from '../i18n/catalog';
import { canScan, scanCode } from '../media/scan-code';
import type { Scanned } from '../media/scan-code';

interface ScanProps {
  /** Other codes that come into sight are passed over. */
  readonly wanted: RegExp;
  /** What to point the camera at. */
  readonly aim: string;
  readonly take: (text: string) => void;
}

const kScanFailed: Readonly<Partial<Record<Scanned['kind'], MessageKey>>> = {
  denied: 'scan_denied',
  failed: 'scan_failed',
};

export function Scan({ wanted, aim, take }: ScanProps) {
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
    if (scanned.kind === 'code') take(scanned.text);
  };
  return (
    <>
      {failed !== null && (
        <p class="field__error" role="alert">
          {t(failed)}
        </p>
      )}
      {scanning && <Viewfinder wanted={wanted} aim={aim} ended={ended} />}
      <ButtonRow>
        <Button kind="secondary" onClick={() => setScanning(!scanning)}>
          {t(scanning ? 'scan_stop' : 'scan_button')}
        </Button>
      </ButtonRow>
    </>
  );
}

/** The camera is on for as long as this is drawn. */
function Viewfinder({
  wanted,
  aim,
  ended,
}: Omit<ScanProps, 'take'> & { readonly ended: (scanned: Scanned) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    const scan = async (): Promise<void> => {
      if (video.current === null) return;
      const scanned = await scanCode(video.current, wanted, controller.signal);
      if (!controller.signal.aborted) ended(scanned);
    };
    void scan();
    return () => controller.abort();
  }, []);
  return (
    <figure class="viewfinder">
      <video class="viewfinder__picture" ref={video} muted playsInline aria-label={aim} />
      <figcaption>{aim}</figcaption>
    </figure>
  );
}
