/** Two versions of one draft, side by side with their times: what differs, and which one goes. */
import { useEffect, useState } from 'preact/hooks';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import { Sure } from '../components/sure/sure';
import type { DraftSummary } from '../engine/protocol';
import { answerText } from '../forms/answer-text';
import type { DraftSession } from '../forms/draft-session';
import { sectionQuestions } from '../forms/form-index';
import { plainFileName } from '../forms/file-name';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { formatPhoneTime } from '../i18n/dates';
import { closeDraft, openSession } from './draft-pages';
import { formLang, formTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble, Waiting } from './trouble';
import { useAction } from './use-action';
import { useCall } from './use-call';
import './versions.css';

interface Version {
  readonly summary: DraftSummary;
  readonly session: DraftSession;
}

export function VersionsPage({ draft }: { readonly draft: string }) {
  const { t, locale } = useTexts();
  const portal = usePortal();
  const versions = useCall(
    async (signal): Promise<readonly Version[]> => {
      const drafts = await portal.engine.listDrafts(signal);
      const rival = drafts.find(({ draft_id }) => draft_id === draft);
      const own = drafts.find(({ draft_id }) => draft_id === rival?.rival_of);
      const opened: Version[] = [];
      for (const summary of [own, rival]) {
        if (summary === undefined) continue;
        const session = await openSession(portal, summary.draft_id, locale, signal);
        opened.push({ summary, session });
      }
      return opened;
    },
    [draft, locale.tag],
  );
  const open = versions.kind === 'answered' ? versions.value : null;
  useEffect(
    () => () => {
      for (const { session } of open ?? []) {
        session.close();
        void closeDraft(portal, session.draftId);
      }
    },
    [portal, open],
  );
  return (
    <Page key="versions" title={t('versions_title')} back={hrefOf({ page: 'home' })}>
      {versions.kind === 'waiting' && <Waiting />}
      {versions.kind === 'failed' && <Trouble reason={versions.reason} />}
      {open !== null && <Compared versions={open} />}
    </Page>
  );
}

interface Difference {
  readonly path: string;
  readonly label: string;
  /** In the order of the versions; empty where nothing is answered. */
  readonly said: readonly string[];
}

/** Every question of the form with its answer in words, in form order. */
function answersOf(
  session: DraftSession,
  texts: Texts,
): Map<string, { label: string; said: string }> {
  const { nodes } = session.state.get();
  const found = new Map<string, { label: string; said: string }>();
  for (const section of session.form.sections) {
    for (const placed of sectionQuestions(session.form, nodes, section)) {
      const label = session.textAt(placed.path, placed.node.label);
      if (label === '' || placed.node.type === 'hidden') continue;
      const state = nodes.get(placed.path);
      const value = state?.normalised ?? session.valueOf(placed.path);
      const answer = answerText(session, texts, placed, value);
      const said =
        answer.kind === 'none'
          ? ''
          : answer.kind === 'files'
            ? answer.files.map(({ file_name }) => plainFileName(file_name)).join('\n')
            : answer.text;
      found.set(placed.path, { label, said });
    }
  }
  return found;
}

function differences(versions: readonly Version[], texts: Texts): readonly Difference[] {
  const answers = versions.map(({ session }) => answersOf(session, texts));
  const paths = new Set(answers.flatMap((one) => [...one.keys()]));
  return [...paths].flatMap((path) => {
    const said = answers.map((one) => one.get(path)?.said ?? '');
    if (said.every((text) => text === said[0])) return [];
    const label = answers.map((one) => one.get(path)?.label).find((text) => text !== undefined);
    return [{ path, label: label ?? '', said }];
  });
}

function Compared({ versions }: { readonly versions: readonly Version[] }) {
  const texts = useTexts();
  const { t, locale } = texts;
  const [first] = versions;
  if (first === undefined || versions.length < 2) return <Trouble reason="draft_missing" />;
  const times = versions.map(({ summary }) => formatPhoneTime(summary.saved_at, locale));
  const rows = differences(versions, texts);
  return (
    <>
      <p>{t('versions_lead')}</p>
      <h2 {...formLang(first.session, locale.tag)}>{formTitle(first.session)}</h2>
      {rows.length === 0 && <p>{t('versions_same')}</p>}
      <div class="versions">
        {rows.map(({ path, label, said }) => (
          <section class="versions__row" key={path}>
            <h3 class="versions__label" {...formLang(first.session, locale.tag)}>
              {label}
            </h3>
            <dl class="versions__sides">
              {said.map((text, index) => (
                <div key={index}>
                  <dt>
                    {t(whereFrom(versions[index]?.summary))}
                    <br />
                    {t('versions_of', { time: times[index] ?? '' })}
                  </dt>
                  <dd>
                    {text === '' ? (
                      <span class="muted">{t('check_not_answered')}</span>
                    ) : (
                      <bdi dir="auto">{text}</bdi>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div class="versions__sides versions__choices">
        {versions.map(({ summary }, index) => (
          <Choice key={summary.draft_id} draft={summary} time={times[index] ?? ''} />
        ))}
      </div>
    </>
  );
}

/** Two versions may have been saved within the same minute: this tells them apart. */
function whereFrom(draft: DraftSummary | undefined): 'step_phone' | 'versions_card' {
  return draft?.rival_of === undefined ? 'step_phone' : 'versions_card';
}

function Choice({ draft, time }: { readonly draft: DraftSummary; readonly time: string }) {
  const { t } = useTexts();
  const portal = usePortal();
  const action = useAction();
  const [gone, setGone] = useState(false);
  if (gone) return null;
  const remove = (close: () => void): void =>
    void action
      .run(async () => {
        await portal.engine.deleteDraft({ draft_id: draft.draft_id });
        setGone(true);
        portal.router.replace({ page: 'home' });
      })
      .finally(close);
  return (
    <section class="card">
      <p class="card__state">{t(whereFrom(draft))}</p>
      <h3>{t('versions_of', { time })}</h3>
      <p class="muted">
        {t('home_answered', { answered: draft.answered, questions: draft.questions })}
      </p>
      {action.problem !== null && <Trouble reason={action.problem} />}
      <ButtonRow>
        <LinkButton href={hrefOf({ page: 'draft', draft: draft.draft_id })}>
          {t('home_continue')}
        </LinkButton>
      </ButtonRow>
      <Sure
        ask={t('versions_delete')}
        kind="plain"
        busy={action.busy}
        warning={t('versions_delete_ask', { time })}
      >
        {(close) => (
          <Button kind="danger" busy={action.busy} onClick={() => remove(close)}>
            {t('versions_delete')}
          </Button>
        )}
      </Sure>
    </section>
  );
}
