/** The declarations, and the press that seals and signs the application on this phone. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { ErrorSummary } from '../components/error-summary/error-summary';
import type { SummaryItem } from '../components/error-summary/error-summary';
import { Page } from '../components/page/page';
import type { Finding, FormNode, ProblemCode } from '../engine/protocol';
import type { DraftSession } from '../forms/draft-session';
import { problemOf } from '../forms/engine-port';
import { fieldId } from '../forms/field-id';
import { isDeclaration, sectionQuestions } from '../forms/form-index';
import { Nodes } from '../forms/nodes';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { findingLine } from './check-findings';
import { formLang, formTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { SavingNote } from './saving-note';
import { Trouble } from './trouble';

type Sealing =
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'sealing' }
  | { readonly kind: 'failed'; readonly reason: ProblemCode };

export function DeclarePage({ session }: { readonly session: DraftSession }) {
  const { t, locale } = useTexts();
  const online = useStore(usePortal().online);
  const sections = session.form.sections.filter((section) => isDeclaration(session.form, section));
  const { sealing, found, attempt, run } = useSealing(session, sections);

  return (
    <Page
      key="declare"
      title={t('declare_title')}
      caption={formTitle(session)}
      back={hrefOf({ page: 'check', draft: session.draftId })}
      hasErrors={found.length > 0}
      summary={<ErrorSummary items={found} attempt={attempt} />}
    >
      <form
        autocomplete="off"
        noValidate
        {...formLang(session, locale.tag)}
        onSubmit={(event) => event.preventDefault()}
      >
        {sections.map((section) => (
          <Nodes
            key={section.path}
            session={session}
            parent={{ node: section, path: section.path }}
          />
        ))}
      </form>
      <Banner tone="info" title={t('declare_sealing_title')}>
        <p>{t('declare_sealing')}</p>
        <p>{t(online ? 'declare_online' : 'declare_offline')}</p>
      </Banner>
      {sealing.kind === 'failed' && (
        <Trouble reason={sealing.reason}>
          <p>{t('declare_failed')}</p>
        </Trouble>
      )}
      {sealing.kind === 'sealing' && (
        <p role="status">
          {t('declare_busy')} <progress aria-label={t('declare_busy')} />
        </p>
      )}
      <ButtonRow>
        <Button busy={sealing.kind === 'sealing'} onClick={run}>
          {t('declare_submit')}
        </Button>
      </ButtonRow>
      <SavingNote session={session} />
    </Page>
  );
}

interface SealingRun {
  readonly sealing: Sealing;
  /** What still stands in the way, for the summary. */
  readonly found: readonly SummaryItem[];
  readonly attempt: number;
  readonly run: () => void;
}

/** Saves, checks, seals and signs, and goes to where the application stands. */
function useSealing(session: DraftSession, sections: readonly FormNode[]): SealingRun {
  const texts = useTexts();
  const portal = usePortal();
  const [sealing, setSealing] = useState<Sealing>({ kind: 'not-yet' });
  const [found, setFound] = useState<readonly SummaryItem[]>([]);
  const [attempt, setAttempt] = useState(0);

  const stop = (errors: readonly Finding[]): void => {
    const { nodes } = session.state.get();
    session.show(
      sections.flatMap((section) =>
        sectionQuestions(session.form, nodes, section).map((placed) => placed.path),
      ),
    );
    setFound(errors.map((error) => summaryItem(session, texts, error)));
    setAttempt((count) => count + 1);
    setSealing({ kind: 'not-yet' });
  };
  const submit = async (signal: AbortSignal): Promise<void> => {
    setSealing({ kind: 'sealing' });
    try {
      await session.flush(signal);
      const { findings } = await portal.engine.check({ draft_id: session.draftId }, signal);
      const errors = findings.filter((finding) => finding.severity === 'error');
      if (errors.length > 0) {
        stop(errors);
        return;
      }
      const sealed = await portal.engine.submit({ draft_id: session.draftId }, signal);
      const others = portal.outbox
        .get()
        .filter((item) => item.submission_id !== sealed.submission_id);
      portal.outbox.set([...others, sealed]);
      portal.router.replace({ page: 'sent', submission: sealed.submission_id });
    } catch (reason) {
      setSealing({ kind: 'failed', reason: problemOf(reason).code });
    }
  };
  return { sealing, found, attempt, run: () => void submit(new AbortController().signal) };
}

function summaryItem(session: DraftSession, texts: Texts, error: Finding): SummaryItem {
  return { targetId: fieldId(session.form, error.path), text: findingLine(session, error, texts) };
}
