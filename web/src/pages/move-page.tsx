/** Carrying a draft to another phone or browser: out as one sealed file with a code, in again with both. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import { Page } from '../components/page/page';
import type { ProblemCode } from '../engine/protocol';
import { meansContinue } from '../forms/composing';
import { problemOf } from '../forms/engine-port';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { saveFile } from './save-file';
import { Trouble } from './trouble';

export function MovePage({ draft }: { readonly draft: string }) {
  const { t } = useTexts();
  const { engine } = usePortal();
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const save = async (signal: AbortSignal): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await engine.exportDraft({ draft_id: draft }, signal);
      setCode(made.code);
      await saveFile(made.file, made.file_name, signal);
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
    setBusy(false);
  };
  return (
    <Page key="move" title={t('move_title')} back={hrefOf({ page: 'draft', draft })}>
      <p>{t('move_lead')}</p>
      {problem !== null && <Trouble reason={problem} />}
      {code !== null && (
        <Banner tone="success" role="status" title={t('move_code_title')}>
          <p class="code" translate={false}>
            <bdi>{code}</bdi>
          </p>
          <p>{t('move_code')}</p>
        </Banner>
      )}
      <ButtonRow>
        <Button busy={busy} onClick={() => void save(new AbortController().signal)}>
          {t(code === null ? 'move_save' : 'move_save_again')}
        </Button>
      </ButtonRow>
      <h2>{t('move_then_title')}</h2>
      <ol class="steps">
        <li>{t('move_then_open')}</li>
        <li>{t('move_then_bring')}</li>
        <li>{t('move_then_code')}</li>
      </ol>
    </Page>
  );
}

export function BringPage() {
  const { t, locale } = useTexts();
  const portal = usePortal();
  const boot = useStore(portal.boot);
  const [file, setFile] = useState<File | null>(null);
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const ready = file !== null && code.trim() !== '';
  const bring = async (signal: AbortSignal): Promise<void> => {
    if (!ready) return;
    setBusy(true);
    setProblem(null);
    try {
      if (boot.kind === 'ready' && boot.state.vault === 'none') {
        portal.boot.set({ kind: 'ready', state: await portal.engine.createVault(signal) });
      }
      const draft = await portal.engine.importDraft(
        { file, code: code.trim(), locale: locale.tag },
        signal,
      );
      portal.router.replace({ page: 'draft', draft: draft.draft_id });
    } catch (reason) {
      setProblem(problemOf(reason).code);
      setBusy(false);
    }
  };
  const fileFrame = plainFrame('bring-file', t('bring_file'), t('bring_file_hint'));
  const codeFrame = plainFrame('bring-code', t('bring_code'), t('bring_code_hint'));
  return (
    <Page key="bring" title={t('bring_title')} back={hrefOf({ page: 'home' })}>
      {problem !== null && <Trouble reason={problem} />}
      <form
        autocomplete="off"
        noValidate
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (meansContinue(event)) void bring(new AbortController().signal);
        }}
      >
        <Field frame={fileFrame}>
          <input
            class="input"
            id={fileFrame.id}
            type="file"
            autocomplete="off"
            aria-describedby={describedBy(fileFrame)}
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </Field>
        <Field frame={codeFrame}>
          <input
            class="input input--code"
            id={codeFrame.id}
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby={describedBy(codeFrame)}
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </Field>
      </form>
      <ButtonRow>
        <Button busy={busy || !ready} onClick={() => void bring(new AbortController().signal)}>
          {t('bring_button')}
        </Button>
      </ButtonRow>
    </Page>
  );
}
