/** What the check page has to say: errors that lead to their question, warnings to tick. */
import { Banner } from '../components/banner/banner';
import type { Finding } from '../engine/protocol';
import { findingKey, findingText } from '../forms/draft-session';
import type { DraftSession } from '../forms/draft-session';
import { nodeAt } from '../forms/form-index';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';

interface FindingsProps {
  readonly session: DraftSession;
  readonly findings: readonly Finding[];
  readonly change: (path: string) => void;
}

/** Draws nothing while there is no error. */
export function ErrorList({ session, findings, change }: FindingsProps) {
  const texts = useTexts();
  if (findings.length === 0) return null;
  return (
    <Banner tone="error" title={texts.t('check_errors', { count: findings.length })}>
      <ul class="finding-list">
        {findings.map((error) => (
          <li key={findingKey(error)}>
            <button type="button" class="button button--plain" onClick={() => change(error.path)}>
              {findingLine(session, error, texts)}
            </button>
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** Draws nothing while there is no warning. */
export function WarningTicks({ session, findings, change }: FindingsProps) {
  const { t } = useTexts();
  const { checked } = useStore(session.state);
  if (findings.length === 0) return null;
  return (
    <section aria-labelledby="warnings">
      <h2 id="warnings">{t('check_warnings')}</h2>
      <p>{t('check_warnings_lead')}</p>
      <form autocomplete="off" onSubmit={(event) => event.preventDefault()}>
        {findings.map((warning) => (
          <WarningTick
            key={findingKey(warning)}
            id={warningId(findings, warning)}
            session={session}
            warning={warning}
            checked={checked.has(findingKey(warning))}
            change={change}
          />
        ))}
      </form>
    </section>
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
        {findingLine(session, warning, texts)}
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

/** The question's words; for what the form works out by itself, those of the closest part around it. */
export function labelOf(session: DraftSession, finding: Finding): string {
  let path = finding.path;
  for (;;) {
    const label = session.textAt(path, nodeAt(session.form, path)?.label);
    if (label !== '' || path === '') return label;
    path = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  }
}

export function findingLine(session: DraftSession, finding: Finding, texts: Texts): string {
  return texts.t('finding_of', {
    question: labelOf(session, finding),
    text: findingText(session, finding, texts),
  });
}

export function warningId(warnings: readonly Finding[], warning: Finding): string {
  return `w${warnings.indexOf(warning)}`;
}
