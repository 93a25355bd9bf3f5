/** One section of a form: its questions, and Continue, which first says what is missing. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { ErrorSummary, focusField } from '../components/error-summary/error-summary';
import type { SummaryItem } from '../components/error-summary/error-summary';
import { Page } from '../components/page/page';
import { meansContinue } from '../forms/composing';
import { findingText } from '../forms/draft-session';
import type { DraftSession } from '../forms/draft-session';
import { fieldId } from '../forms/field-id';
import { isDeclaration, questionsBelow } from '../forms/form-index';
import type { PlacedNode } from '../forms/form-index';
import { Nodes, Repeat } from '../forms/nodes';
import { sectionStatus } from '../forms/section-status';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { formLang, FormLanguageNote, formTitle, sectionTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import type { Route } from './router';
import { SavingNote } from './saving-note';

interface SectionPageProps {
  readonly session: DraftSession;
  /** Position among the form's sections. */
  readonly index: number;
}

export function SectionPage({ session, index }: SectionPageProps) {
  const texts = useTexts();
  const { t, locale } = texts;
  const portal = usePortal();
  // Every answer may take a line off the summary.
  useStore(session.state);
  const [attempt, setAttempt] = useState(0);
  const [target] = useState(portal.focusTarget);
  const section = session.form.sections[index];
  useLayoutEffect(() => {
    portal.focusTarget = null;
    if (target) focusField(fieldId(session.form, target.path));
  }, []);
  const tasks = hrefOf({ page: 'draft', draft: session.draftId });
  if (!section) return <Page title={formTitle(session)} back={tasks} children={null} />;
  const parent: PlacedNode = { node: section, path: section.path };
  const errors = attempt > 0 ? sectionErrors(session, texts, parent) : [];
  const judge = (): void => {
    const { nodes } = session.state.get();
    session.show(questionsBelow(session.form, nodes, parent).map((placed) => placed.path));
    if (sectionErrors(session, texts, parent).length > 0) {
      setAttempt((count) => count + 1);
      return;
    }
    portal.router.go(
      target ? { page: 'check', draft: session.draftId } : nextRoute(session, index),
    );
  };
  const { busy, goOn } = useAfterAnswers(session, judge);
  return (
    <Page
      title={sectionTitle(session, section)}
      lang={formLang(session, locale.tag).lang}
      back={target ? hrefOf({ page: 'check', draft: session.draftId }) : tasks}
      caption={formTitle(session)}
      hasErrors={errors.length > 0}
      summary={<ErrorSummary items={errors} attempt={attempt} />}
    >
      <FormLanguageNote session={session} />
      {section.hint && (
        <p lang={formLang(session, locale.tag).lang}>
          {session.textAt(section.path, section.hint)}
        </p>
      )}
      <form
        autocomplete="off"
        noValidate
        {...formLang(session, locale.tag)}
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isTextInput(event.target) || !meansContinue(event)) return;
          event.preventDefault();
          // Leaving the field hands over what was typed, as a press on Continue would.
          event.target.blur();
          goOn();
        }}
      >
        {section.kind === 'repeat' ? (
          <Repeat session={session} placed={parent} />
        ) : (
          <Nodes session={session} parent={parent} />
        )}
      </form>
      <ButtonRow>
        <Button busy={busy} onClick={goOn}>
          {t('continue')}
        </Button>
        <LinkButton kind="plain" href={tasks}>
          {t('section_later')}
        </LinkButton>
      </ButtonRow>
      <SavingNote session={session} />
    </Page>
  );
}

/**
 * Waits with `judge` until the engine has answered what was typed: on a slow phone the verdict comes
 * after the press, and the one before it is about a page that was still empty.
 */
function useAfterAnswers(
  session: DraftSession,
  judge: () => void,
): { readonly busy: boolean; readonly goOn: () => void } {
  const [busy, setBusy] = useState(false);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);
  const goOn = (): void => {
    setBusy(true);
    void session.settled().then(() => {
      if (!here.current) return;
      setBusy(false);
      judge();
    });
  };
  return { busy, goOn };
}

function isTextInput(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && ['text', 'tel'].includes(target.type);
}

/** One entry for each question with errors; warnings do not hold anybody up here. */
function sectionErrors(session: DraftSession, texts: Texts, parent: PlacedNode): SummaryItem[] {
  const { nodes } = session.state.get();
  return questionsBelow(session.form, nodes, parent).flatMap((placed) => {
    const [error] =
      nodes.get(placed.path)?.findings.filter((finding) => finding.severity === 'error') ?? [];
    if (!error) return [];
    const label = session.textAt(placed.path, placed.node.label);
    const text = texts.t('finding_of', {
      question: label,
      text: findingText(session, error, texts),
    });
    return [{ targetId: fieldId(session.form, placed.path), text }];
  });
}

/** The next section that is not finished, else the check page. */
function nextRoute(session: DraftSession, index: number): Route {
  const { nodes } = session.state.get();
  const draft = session.draftId;
  const next = session.form.sections.findIndex(
    (section, at) =>
      at > index &&
      !isDeclaration(session.form, section) &&
      !['not-needed', 'complete'].includes(sectionStatus(session.form, nodes, section).kind),
  );
  return next < 0 ? { page: 'draft', draft } : { page: 'section', draft, section: next };
}
