/** Checks what somebody shows: without a network, without an account, and without keeping it. */
import { useState } from 'preact/hooks';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import { Page } from '../components/page/page';
import type { Judged, ProblemCode } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import { CompareLogs } from './compare-logs';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Scan } from './scan';
import { Trouble } from './trouble';
import { VerdictView } from './verdict-view';

/** A compact JWS, or a checkpoint; other codes that come into sight are passed over. */
const kDocument = /^[\w-]+\.[\w-]+\.[\w-]+$|\n\u2014 /;

interface Found {
  readonly content: Blob;
  readonly verdict: Judged;
}

export function VerifyPage() {
  const { t } = useTexts();
  const { engine } = usePortal();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const check = async (content: Blob): Promise<void> => {
    setBusy(true);
    setFound(null);
    setProblem(null);
    try {
      setFound({ content, verdict: await engine.judge({ content }) });
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
    setBusy(false);
  };
  return (
    <Page key="verify" title={t('verify_title')} back={hrefOf({ page: 'help' })}>
      <p>{t('verify_lead')}</p>
      {problem !== null && <Trouble reason={problem} />}
      {found !== null && <VerdictView verdict={found.verdict} />}
      {found !== null && comparable(found.verdict) && (
        <CompareLogs key={found.content} first={found.content} />
      )}
      <GiveDocument id="verify" label={t('verify_file')} busy={busy} give={check} />
    </Page>
  );
}

/** A genuine checkpoint, or a receipt that brings one. */
function comparable({ genuine, kind, facts }: Judged): boolean {
  return genuine && (kind === 'checkpoint' || (kind === 'receipt' && facts['short'] !== true));
}

interface GiveDocumentProps {
  readonly id: string;
  readonly label: string;
  readonly busy: boolean;
  readonly give: (content: Blob) => Promise<void>;
}

/** A file, chosen or dropped; the text, pasted; or a code before the camera. */
function GiveDocument({ id, label, busy, give }: GiveDocumentProps) {
  const { t } = useTexts();
  const [pasted, setPasted] = useState('');
  const file = plainFrame(`${id}-file`, label, '');
  const paste = plainFrame(`${id}-paste`, t('verify_paste'), t('verify_paste_hint'));
  const choose = (content: File | undefined): void => {
    if (content !== undefined && !busy) void give(content);
  };
  return (
    <form autocomplete="off" noValidate onSubmit={(event) => event.preventDefault()}>
      <div
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          choose(event.dataTransfer?.files[0]);
        }}
      >
        <Field frame={file}>
          <input
            class="input"
            id={file.id}
            type="file"
            autocomplete="off"
            onChange={({ currentTarget }) => {
              choose(currentTarget.files?.[0]);
              // Cleared, so that the same file can be chosen again.
              currentTarget.value = '';
            }}
          />
        </Field>
      </div>
      <Scan wanted={kDocument} aim={t('scan_aim')} take={(text) => void give(new Blob([text]))} />
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
      <ButtonRow>
        <Button busy={busy || pasted.trim() === ''} onClick={() => void give(new Blob([pasted]))}>
          {t('verify_button')}
        </Button>
      </ButtonRow>
    </form>
  );
}
