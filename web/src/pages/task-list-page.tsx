/** The sections of a form as a list of tasks, each with its status. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import { TaskList } from '../components/task-list/task-list';
import type { Task } from '../components/task-list/task-list';
import type { ProblemCode } from '../engine/protocol';
import type { DraftSession } from '../forms/draft-session';
import { problemOf } from '../forms/engine-port';
import { isDeclaration } from '../forms/form-index';
import { isDone, sectionStatus } from '../forms/section-status';
import type { SectionStatus } from '../forms/section-status';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { formLang, FormLanguageNote, formTitle, sectionTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { SavingNote } from './saving-note';
import { Trouble } from './trouble';

export function TaskListPage({ session }: { readonly session: DraftSession }) {
  const texts = useTexts();
  const { t, locale } = texts;
  const { nodes } = useStore(session.state);
  const all = session.form.sections
    .map((section, index) => ({
      section,
      index,
      status: sectionStatus(session.form, nodes, section),
    }))
    .filter(({ section }) => !isDeclaration(session.form, section));
  const sections = all.filter(({ status }) => status.kind !== 'not-needed');
  const done = sections.filter(({ status }) => isDone(status)).length;
  const ready = done === sections.length;
  const tasks = sections.map(({ section, index, status }) => ({
    href: hrefOf({ page: 'section', draft: session.draftId, section: index }),
    name: sectionTitle(session, section),
    ...statusText(texts, status),
  }));
  return (
    <Page
      key="tasks"
      title={formTitle(session)}
      lang={formLang(session, locale.tag).lang}
      back={hrefOf({ page: 'home' })}
    >
      <FormLanguageNote session={session} />
      <VersionNote session={session} />
      <p>{t('tasks_progress', { done, total: sections.length })}</p>
      {sections.length < all.length && <p class="muted">{t('tasks_may_grow')}</p>}
      <div {...formLang(session, locale.tag)}>
        <TaskList tasks={tasks} />
      </div>
      <p>{t(ready ? 'tasks_ready' : 'tasks_not_ready')}</p>
      <ButtonRow>
        <LinkButton
          kind={ready ? 'primary' : 'secondary'}
          href={hrefOf({ page: 'check', draft: session.draftId })}
        >
          {t('tasks_check')}
        </LinkButton>
      </ButtonRow>
      <SavingNote session={session} />
      <DraftActions session={session} />
    </Page>
  );
}

function statusText({ t }: Texts, status: SectionStatus): Pick<Task, 'status' | 'tone'> {
  switch (status.kind) {
    case 'complete':
      return { status: t('status_complete'), tone: 'done' };
    case 'optional':
      return { status: t('status_optional'), tone: 'todo' };
    case 'in-progress':
      return { status: t('status_in_progress', { missing: status.missing }), tone: 'partly' };
    case 'needs-attention':
      return {
        status: t('status_needs_attention', { problems: status.problems }),
        tone: 'attention',
      };
    case 'not-started':
    case 'not-needed':
      return { status: t('status_not_started'), tone: 'todo' };
  }
}

/** A newer version of the form is there, or the draft went over to one: a page says what that means. */
function VersionNote({ session }: { readonly session: DraftSession }) {
  const { t } = useTexts();
  const { newerVersion, carriedFrom, draftId } = session;
  if (newerVersion === null && carriedFrom === null) return null;
  const done = newerVersion === null;
  return (
    <Banner tone="info" title={t(done ? 'upgrade_done' : 'upgrade_title')}>
      {!done && <p>{t('upgrade_text')}</p>}
      <ButtonRow>
        <LinkButton kind="secondary" href={hrefOf({ page: 'changes', draft: draftId })}>
          {t(done ? 'upgrade_see_done' : 'upgrade_see')}
        </LinkButton>
      </ButtonRow>
    </Banner>
  );
}

/** Move the draft elsewhere, or delete it: the second asks once more. */
function DraftActions({ session }: { readonly session: DraftSession }) {
  const { t } = useTexts();
  const portal = usePortal();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const remove = async (): Promise<void> => {
    try {
      await portal.engine.deleteDraft({ draft_id: session.draftId }, new AbortController().signal);
      portal.router.replace({ page: 'home' });
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
  };
  return (
    <details class="hint">
      <summary>{t('draft_more')}</summary>
      <p>
        <a class="row-link" href={hrefOf({ page: 'move', draft: session.draftId })}>
          {t('home_move')}
        </a>
      </p>
      {problem !== null && <Trouble reason={problem} />}
      {asking ? (
        <>
          <p role="alert">{t('draft_delete_ask')}</p>
          <ButtonRow>
            <Button kind="danger" onClick={() => void remove()}>
              {t('draft_delete_yes')}
            </Button>
            <Button kind="secondary" onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
          </ButtonRow>
        </>
      ) : (
        <Button kind="plain" onClick={() => setAsking(true)}>
          {t('draft_delete')}
        </Button>
      )}
    </details>
  );
}
