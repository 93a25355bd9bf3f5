/** Restoring from a recovery code: typed, pasted or scanned; a mistyped one tells where to look. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { describedBy, Field, plainFrame } from '../components/field/field';
import type { FieldFrame } from '../components/field/field';
import { Page } from '../components/page/page';
import type { EngineProblem, Restored } from '../engine/protocol';
import { problemOf } from '../forms/engine-port';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Scan } from './scan';
import { Trouble } from './trouble';

/** As the sheet's QR code has it. */
const kCode = /^[0-9A-Za-z]{4}(-[0-9A-Za-z]{4}){5}-[0-9A-Za-z]{2}$/;

export function RestorePage() {
  const { t } = useTexts();
  const [restored, setRestored] = useState<Restored | null>(null);
  return (
    <Page key="restore" title={t('home_restore')} back={hrefOf({ page: 'home' })}>
      {restored === null ? <AskForCode done={setRestored} /> : <Done restored={restored} />}
    </Page>
  );
}

/** What to say of a code that cannot be one; null for any other problem. */
function mistake({ t }: Texts, problem: EngineProblem): string | null {
  const { code, offset = 0 } = problem;
  if (code === 'recovery_code_symbol') return t('restore_symbol');
  if (code === 'recovery_code_length') return t('restore_length', { count: offset });
  if (code === 'recovery_code_wrong' && offset > 0) return t('restore_group', { number: offset });
  return null;
}

function AskForCode({ done }: { readonly done: (restored: Restored) => void }) {
  const texts = useTexts();
  const { t } = texts;
  const portal = usePortal();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<EngineProblem | null>(null);
  const wrong = problem === null ? null : mistake(texts, problem);
  const frame: FieldFrame = {
    ...plainFrame('recovery-code', t('sheet_code'), t('restore_code_hint')),
    errors: wrong === null ? [] : [wrong],
  };
  const restore = async (typed: string): Promise<void> => {
    if (busy || typed.trim() === '') return;
    setBusy(true);
    setProblem(null);
    try {
      const brought = await portal.engine.restore({ code: typed });
      await portal.reboot();
      done(brought);
    } catch (reason) {
      setProblem(problemOf(reason));
      setBusy(false);
      // A part of it may have come: the keys of the copy are open then.
      if (mistake(texts, problemOf(reason)) === null) await portal.reboot();
    }
  };
  return (
    <>
      <p>{t('restore_lead')}</p>
      {problem !== null && wrong === null && <Trouble reason={problem.code} />}
      <Field frame={frame}>
        {/* Two lines: on a phone one would show half of it. */}
        <textarea
          class="input input--code"
          id={frame.id}
          rows={2}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          dir="ltr"
          aria-invalid={wrong !== null}
          aria-describedby={describedBy(frame)}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </Field>
      <Scan
        wanted={kCode}
        aim={t('restore_scan')}
        take={(text) => {
          setCode(text);
          void restore(text);
        }}
      />
      <ButtonRow>
        <Button busy={busy || code.trim() === ''} onClick={() => void restore(code)}>
          {t(busy ? 'waiting' : 'restore_button')}
        </Button>
      </ButtonRow>
    </>
  );
}

function Done({ restored }: { readonly restored: Restored }) {
  const { t } = useTexts();
  const { drafts, files, items, receipts, rivals, lost_files } = restored;
  return (
    <>
      <Banner tone="success" role="status" title={t('restore_done')}>
        <p>{t('restore_done_text', { drafts, files, items, receipts })}</p>
      </Banner>
      {lost_files > 0 && <Banner tone="warning" title={t('restore_lost', { count: lost_files })} />}
      {rivals > 0 && <Banner tone="warning" title={t('restore_rivals')} />}
      <ButtonRow>
        <LinkButton href={hrefOf({ page: 'home' })}>{t('to_home')}</LinkButton>
        <LinkButton kind="secondary" href={hrefOf({ page: 'locking' })}>
          {t('locking_title')}
        </LinkButton>
      </ButtonRow>
    </>
  );
}
