/** All answers to read through, with a way to change each, and warnings to tick before going on. */
import { useState } from 'preact/hooks';
import { Button, ButtonRow } from '../components/button/button';
import { ErrorSummary } from '../components/error-summary/error-summary';
import { Page } from '../components/page/page';
import type { Finding } from '../engine/protocol';
import { findingKey } from '../forms/draft-session';
import type { DraftSession } from '../forms/draft-session';
import { isDeclaration, sectionOf } from '../forms/form-index';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { ErrorList, labelOf, warningId, WarningTicks } from './check-findings';
import { FeeLine } from './fee-line';
import { formLang, formTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { SectionAnswers } from './section-answers';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

export function CheckPage({ session }: { readonly session: DraftSession }) {
  const texts = useTexts();
  const { t, locale } = texts;
  const portal = usePortal();
  const state = useStore(session.state);
  const verdict = useCall(
    (signal) => portal.engine.check({ draft_id: session.draftId }, signal),
    [session, state.nodes],
  );
  const [attempt, setAttempt] = useState(0);
  const found = verdict.kind === 'answered' ? verdict.value.findings : [];
  const relevant = found.filter((finding) => !inDeclaration(session, finding));
  const errors = relevant.filter((finding) => finding.severity === 'error');
  const warnings = relevant.filter((finding) => finding.severity === 'warning');
  const unchecked = warnings.filter((warning) => !state.checked.has(findingKey(warning)));
  const change = (path: string): void => {
    portal.focusTarget = { path, then: 'check' };
    portal.router.go({
      page: 'section',
      draft: session.draftId,
      section: sectionOf(session.form, path),
    });
  };
  const goOn = (): void => {
    if (unchecked.length > 0) setAttempt((count) => count + 1);
    else portal.router.go({ page: 'declare', draft: session.draftId });
  };
  const toTick =
    attempt > 0
      ? unchecked.map((warning) => ({
          targetId: warningId(warnings, warning),
          text: `${t('check_tick_first')} ${labelOf(session, warning)}`,
        }))
      : [];
  return (
    <Page
      key="check"
      title={t('check_title')}
      caption={formTitle(session)}
      back={hrefOf({ page: 'draft', draft: session.draftId })}
      hasErrors={errors.length > 0 || toTick.length > 0}
      summary={<ErrorSummary items={toTick} attempt={attempt} />}
    >
      {verdict.kind === 'waiting' && <Waiting />}
      {verdict.kind === 'failed' && <Trouble reason={verdict.reason} />}
      <ErrorList session={session} findings={errors} change={change} />
      {session.form.sections
        .filter((section) => !isDeclaration(session.form, section))
        .map((section) => (
          <SectionAnswers key={section.path} session={session} section={section} change={change} />
        ))}
      <WarningTicks session={session} findings={warnings} change={change} />
      <div {...formLang(session, locale.tag)}>
        <FeeLine session={session} />
      </div>
      {verdict.kind === 'answered' && errors.length === 0 && (
        <ButtonRow>
          <Button onClick={goOn}>{t('continue')}</Button>
        </ButtonRow>
      )}
      {errors.length > 0 && <p>{t('check_fix_first')}</p>}
    </Page>
  );
}

function inDeclaration(session: DraftSession, finding: Finding): boolean {
  const section = session.form.sections[sectionOf(session.form, finding.path)];
  return section !== undefined && isDeclaration(session.form, section);
}
