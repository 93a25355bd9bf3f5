/** Hands in a saved application for somebody: on any device, without an account; the receipt goes back with them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import { Page } from '../components/page/page';
import { Qr } from '../components/qr/qr';
import type { HandedIn, ProblemCode } from '../engine/protocol';
import { formatBytes } from '../forms/bytes';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { handInText } from './hand-in-problems';
import { usePortal } from './portal';
import { ReceiptFacts } from './receipt-facts';
import { hrefOf } from './router';
import { saveFile } from './save-file';
import { Trouble } from './trouble';

export function HandInPage() {
  const [handed, setHanded] = useState<HandedIn | null>(null);
  if (handed === null) return <GiveFile done={setHanded} />;
  return <GiveReceipt receipt={handed} again={() => setHanded(null)} />;
}

function GiveFile({ done }: { readonly done: (receipt: HandedIn) => void }) {
  const { t, locale } = useTexts();
  const { engine } = usePortal();
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const [sending, setSending] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const choose = (chosen: File | undefined): void => {
    if (chosen === undefined || sending) return;
    setFile(chosen);
    setProblem(null);
  };
  const handIn = async (bundle: File): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    setProblem(null);
    setSending(true);
    try {
      const receipt = await engine.handIn({ bundle }, controller.signal);
      done(receipt);
    } catch (reason) {
      setSending(false);
      if (!controller.signal.aborted) setProblem(problemOf(reason).code);
    }
  };
  return (
    <Page key="hand-in" title={t('handin_title')} back={hrefOf({ page: 'help' })}>
      <p>{t('handin_lead')}</p>
      <p>{t('handin_sealed')}</p>
      <p>{t('handin_not_kept')}</p>
      <Offline />
      {problem !== null && <HandInTrouble reason={problem} />}
      <ChooseBundle choose={choose} />
      {file !== null && (
        <p>{t('handin_chosen', { name: file.name, size: formatBytes(file.size, locale) })}</p>
      )}
      {file !== null && sending && <Underway file={file} />}
      <ButtonRow>
        <Button busy={file === null || sending} onClick={() => file && void handIn(file)}>
          {t(sending ? 'handin_sending' : 'handin_button')}
        </Button>
        {sending && (
          <Button kind="secondary" onClick={() => stop.current?.abort()}>
            {t('cancel')}
          </Button>
        )}
      </ButtonRow>
    </Page>
  );
}

function Offline() {
  const { t } = useTexts();
  if (useStore(usePortal().online)) return null;
  return <Banner tone="warning" role="status" title={t('handin_offline_text')} />;
}

/** Anything may be chosen or dropped: what it is, its first bytes say. */
function ChooseBundle({ choose }: { readonly choose: (file: File | undefined) => void }) {
  const { t } = useTexts();
  const frame = plainFrame('hand-in-file', t('handin_file'), t('handin_file_hint'));
  return (
    <div
      class="drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        choose(event.dataTransfer?.files[0]);
      }}
    >
      <Field frame={frame}>
        <input
          class="input"
          id={frame.id}
          type="file"
          autocomplete="off"
          aria-describedby={describedBy(frame)}
          onClick={({ currentTarget }) => {
            // Cleared, so that the same file can be chosen again: it may have been saved anew.
            currentTarget.value = '';
          }}
          onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
        />
      </Field>
    </div>
  );
}

function Underway({ file }: { readonly file: File }) {
  const { t, locale } = useTexts();
  const { engine } = usePortal();
  const [sent, setSent] = useState(0);
  useEffect(
    () =>
      engine.subscribe((event) => {
        if (event.event === 'handing-in') setSent(Math.min(event.sent_bytes, file.size));
      }),
    [engine, file],
  );
  const said = t('sent_bytes', {
    sent: formatBytes(sent, locale),
    total: formatBytes(file.size, locale),
  });
  return (
    <>
      <progress class="wide" max={Math.max(1, file.size)} value={sent} aria-label={said} />
      <p class="muted">{said}</p>
    </>
  );
}

function HandInTrouble({ reason }: { readonly reason: ProblemCode }) {
  const { t } = useTexts();
  const key = handInText(reason);
  if (key === null) return <Trouble reason={reason} />;
  return (
    <Banner tone="error" role="alert" title={t(key)}>
      <p class="problem-code">
        {t('problem_code')} <code translate={false}>{reason}</code>
      </p>
    </Banner>
  );
}

function GiveReceipt({
  receipt,
  again,
}: {
  readonly receipt: HandedIn;
  readonly again: () => void;
}) {
  const { t } = useTexts();
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const save = async (): Promise<void> => {
    const file = new Blob([receipt.jws], { type: 'application/jose' });
    try {
      await saveFile(file, `receipt-${receipt.case_number}.jws`, new AbortController().signal);
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <Page key="handed-in" title={t('handin_received')} back={hrefOf({ page: 'help' })}>
      <Banner tone="success" title={t('receipt_genuine')}>
        <p>{t('handin_not_kept')}</p>
      </Banner>
      <div class="receipt">
        <div>
          <ReceiptFacts receipt={receipt} />
          <h2>{t('handin_give_title')}</h2>
          <p>{t('handin_give')}</p>
        </div>
        <figure class="receipt__qr">
          <Qr text={receipt.short_jws} label={t('receipt_qr_label')} />
          <figcaption class="muted">{t('receipt_qr')}</figcaption>
        </figure>
      </div>
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        <Button onClick={() => void save()}>{t('receipt_save')}</Button>
        <Button kind="secondary" onClick={again}>
          {t('handin_again')}
        </Button>
      </ButtonRow>
    </Page>
  );
}
