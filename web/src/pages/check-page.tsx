/** All answers to read through, with a way to change each, and warnings to tick before going on. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow } from '../components/button/button';
import { ErrorSummary } from '../components/error-summary/error-summary';
import { Page } from '../components/page/page';
import { SummaryList } from '../components/summary-list/summary-list';
import type { SummaryRow } from '../components/summary-list/summary-list';
import type { Finding, FormNode } from '../engine/protocol';
import { answerText } from '../forms/answer-text';
import { formatBytes } from '../forms/bytes';
import { findingKey, findingText } from '../forms/draft-session';
import type { DraftSession } from '../forms/draft-session';
import { isDeclaration, nodeAt, sectionQuestions, withoutPositions } from '../forms/form-index';
import type { PlacedNode } from '../forms/form-index';
import { hasAnswer } from '../forms/section-status';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { FeeLine } from './fee-line';
import { formLang, formTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

export function CheckPage({ session }: { readonly session: DraftSession }) {
  const texts = useTexts();
  const { t, locale } = texts;
  const portal = usePortal();
  const state = useStore(session.state);
  const verdict = useCall((signal) => portal.engine.check({ draft_id: session.draftId }, signal), [session, state.nodes]);
  const [attempt, setAttempt] = useState(0);
  const found = verdict.kind === 'answered' ? verdict.value.findings : [];
  const relevant = found.filter((finding) => !inDeclaration(session, finding));
  const errors = relevant.filter((finding) => finding.severity === 'error');
  const warnings = relevant.filter((finding) => finding.severity === 'warning');
  const unchecked = warnings.filter((warning) => !state.checked.has(findingKey(warning)));
  const change = (path: string): void => {
    const index = session.form.sections.findIndex((section) => withoutPositions(path).startsWith(`${section.path}/`));
    portal.focusTarget = { path, then: 'check' };
    portal.router.go({ page: 'section', draft: session.draftId, section: index });
  };
  const goOn = (): void => {
    if (unchecked.length > 0) setAttempt((count) => count + 1);
    else portal.router.go({ page: 'declare', draft: session.draftId });
  };
  const toTick =
    attempt > 0
      ? unchecked.map((warning) => ({ targetId: warningId(warnings, warning), text: `${t('check_tick_first')} ${labelOf(session, warning)}` }))
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
      {errors.length > 0 && (
        <Banner tone="error" title={t('check_errors', { count: errors.length })}>
          <ul class="finding-list">
            {errors.map((error) => (
              <li key={findingKey(error)}>
                <button type="button" class="button button--plain" onClick={() => change(error.path)}>
                  {labelOf(session, error)}: {findingText(session, error, texts.finding)}
                </button>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {session.form.sections
        .filter((section) => !isDeclaration(session.form, section))
        .map((section) => (
          <SectionAnswers key={section.path} session={session} section={section} change={change} />
        ))}
      {warnings.length > 0 && (
        <section aria-labelledby="warnings">
          <h2 id="warnings">{t('check_warnings')}</h2>
          <p>{t('check_warnings_lead')}</p>
          <form autocomplete="off" onSubmit={(event) => event.preventDefault()}>
            {warnings.map((warning) => (
              <WarningTick
                key={findingKey(warning)}
                id={warningId(warnings, warning)}
                session={session}
                warning={warning}
                checked={state.checked.has(findingKey(warning))}
                change={change}
              />
            ))}
          </form>
        </section>
      )}
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
  return session.form.sections.some(
    (section) => isDeclaration(session.form, section) && finding.path.startsWith(`${section.path}/`),
  );
}

function labelOf(session: DraftSession, finding: Finding): string {
  return session.text(nodeAt(session.form, finding.path)?.label);
}

function warningId(warnings: readonly Finding[], warning: Finding): string {
  return `w${warnings.indexOf(warning)}`;
}

interface SectionAnswersProps {
  readonly session: DraftSession;
  readonly section: FormNode;
  readonly change: (path: string) => void;
}

function SectionAnswers({ session, section, change }: SectionAnswersProps) {
  const texts = useTexts();
  const { nodes } = useStore(session.state);
  const rows = sectionQuestions(session.form, nodes, section).flatMap((placed) => answerRow(session, texts, placed, change));
  if (rows.length === 0) return null;
  return (
    <section {...formLang(session, texts.locale.tag)}>
      <h2>{session.text(section.label)}</h2>
      <SummaryList rows={rows} />
    </section>
  );
}

function answerRow(session: DraftSession, texts: Texts, placed: PlacedNode, change: (path: string) => void): SummaryRow[] {
  const state = session.state.get().nodes.get(placed.path);
  const label = session.text(placed.node.label);
  if (!state || label === '' || placed.node.type === 'hidden') return [];
  const fixed = state.readonly || state.calculated === true;
  return [
    {
      id: placed.path,
      label,
      value: <AnswerValue session={session} placed={placed} given={hasAnswer(state)} />,
      ...(fixed ? {} : { action: { text: texts.t('change'), hidden: label, onClick: () => change(placed.path) } }),
    },
  ];
}

function AnswerValue({ session, placed, given }: { readonly session: DraftSession; readonly placed: PlacedNode; readonly given: boolean }) {
  const texts = useTexts();
  const answer = answerText(session, texts, placed, session.valueOf(placed.path));
  if (!given || answer.kind === 'none') return <span class="muted">{texts.t('check_not_answered')}</span>;
  if (answer.kind === 'words') return <>{answer.text}</>;
  if (answer.kind === 'typed') {
    return (
      <bdi dir="auto" translate={false}>
        {answer.text}
      </bdi>
    );
  }
  return (
    <ul class="plain-list">
      {answer.files.map((file) => (
        <li key={file.sha256} translate={false}>
          <bdi>{file.file_name}</bdi> · {formatBytes(file.size, texts.locale)}
        </li>
      ))}
    </ul>
  );
}

interface WarningTickProps {
  readonly id: string;
  readonly session: DraftSession;
  readonly warning: Finding;
  readonly checked: boolean;
  readonly change: (path: string) => void;
}

function WarningTick({ id, session, warning, checked, change }: WarningTickProps) {
  const texts = useTexts();
  const label = labelOf(session, warning);
  return (
    <div class="field field--warning">
      <p class="field__warning" id={`${id}-text`}>
        {label}: {findingText(session, warning, texts.finding)}
      </p>
      <label class="choice">
        <input
          id={id}
          type="checkbox"
          autocomplete="off"
          checked={checked}
          aria-describedby={`${id}-text`}
          onChange={(event) => session.check(warning, event.currentTarget.checked)}
        />
        <span>{texts.t('check_tick')}</span>
      </label>
      <button type="button" class="button button--plain" onClick={() => change(warning.path)}>
        {texts.t('change')}
        <span class="visually-hidden"> {label}</span>
      </button>
    </div>
  );
}
