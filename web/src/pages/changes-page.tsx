/** What a newer version of the form makes of a draft: shown before anything changes, and after it did. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import type { ProblemCode, Upgrade, UpgradeChange, UpgradeWords } from '../engine/protocol';
import type { DraftSession } from '../forms/draft-session';
import { problemOf } from '../forms/engine-port';
import { prepareFormTexts } from '../forms/form-texts';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { formatMessage } from '../i18n/message';
import type { Messages } from '../i18n/message';
import { formLang, formTitle } from './form-header';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

interface ChangesPageProps {
  readonly session: DraftSession;
  /** Opens the draft anew, in the version it is in now. */
  readonly reopen: () => void;
}

export function ChangesPage({ session, reopen }: ChangesPageProps) {
  const { t, locale } = useTexts();
  const { engine } = usePortal();
  const { draftId: draft_id, newerVersion } = session;
  const asked = useCall(
    async (signal) => {
      const upgrade = await engine.previewUpgrade({ draft_id, locale: locale.tag }, signal);
      return { upgrade, messages: await prepareFormTexts(upgrade.texts, signal) };
    },
    [draft_id, locale.tag, newerVersion],
  );
  const done = newerVersion === null;
  return (
    <Page
      key={done ? 'changed' : 'changes'}
      title={t(done ? 'upgrade_done' : 'upgrade_page_title')}
      caption={formTitle(session)}
      back={hrefOf({ page: 'draft', draft: draft_id })}
    >
      {asked.kind === 'waiting' && <Waiting />}
      {asked.kind === 'failed' && <Trouble reason={asked.reason} />}
      {asked.kind === 'answered' && <Changes session={session} {...asked.value} />}
      {done ? (
        <ButtonRow>
          <LinkButton href={hrefOf({ page: 'draft', draft: draft_id })}>{t('continue')}</LinkButton>
        </ButtonRow>
      ) : (
        <Choice session={session} ready={asked.kind === 'answered'} reopen={reopen} />
      )}
    </Page>
  );
}

interface ChoiceProps extends ChangesPageProps {
  readonly ready: boolean;
}

/** The old version stays until the person says otherwise. */
function Choice({ session, ready, reopen }: ChoiceProps) {
  const { t, locale } = useTexts();
  const { engine } = usePortal();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const { draftId: draft_id } = session;
  const accept = async (): Promise<void> => {
    setBusy(true);
    const { signal } = new AbortController();
    try {
      await session.flush(signal);
      await engine.upgradeDraft({ draft_id, locale: locale.tag }, signal);
      reopen();
    } catch (reason) {
      setProblem(problemOf(reason).code);
    }
    setBusy(false);
  };
  return (
    <>
      {problem !== null && <Trouble reason={problem} />}
      <ButtonRow>
        {ready && (
          <Button busy={busy} onClick={() => void accept()}>
            {t('upgrade_accept')}
          </Button>
        )}
        <LinkButton kind="secondary" href={hrefOf({ page: 'draft', draft: draft_id })}>
          {t('upgrade_keep')}
        </LinkButton>
      </ButtonRow>
    </>
  );
}

interface ChangesProps {
  readonly session: DraftSession;
  readonly upgrade: Upgrade;
  readonly messages: Messages;
}

const kLists = [
  { kind: 'asked_again', title: 'upgrade_again' },
  { kind: 'new', title: 'upgrade_new' },
  { kind: 'moved', title: 'upgrade_moved' },
  { kind: 'dropped', title: 'upgrade_dropped' },
] as const;

function Changes({ session, upgrade, messages }: ChangesProps) {
  const texts = useTexts();
  const say = (words: UpgradeWords): string => wordsOf(words, messages, texts);
  return (
    <>
      <p>{texts.t('upgrade_kept', { count: upgrade.kept })}</p>
      {kLists.map(({ kind, title }) => {
        const changes = upgrade.changes.filter((change) => change.kind === kind);
        if (changes.length === 0) return null;
        return (
          <section key={kind}>
            <h2>{texts.t(title)}</h2>
            <ul {...formLang(session, texts.locale.tag)}>
              {changes.map((change, index) => (
                <li key={index}>
                  <Change change={change} say={say} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {upgrade.changes.some(({ kind, was }) => kind !== 'new' && was.length > 0) && (
        <Banner tone="info" title={texts.t('upgrade_safe')} />
      )}
    </>
  );
}

function Change({
  change: { label, now, section, reason, was },
  say,
}: {
  readonly change: UpgradeChange;
  readonly say: (words: UpgradeWords) => string;
}) {
  const { t } = useTexts();
  const because = reason === undefined ? '' : say(reason);
  return (
    <>
      {say(label)}
      {now && <> → {say(now)}</>}
      {section && (
        <>
          <br />
          {t('upgrade_now_in', { section: say(section) })}
        </>
      )}
      {because !== '' && (
        <>
          <br />
          {because}
        </>
      )}
      {was.length > 0 && (
        <>
          <br />
          <span class="muted">{t('upgrade_was', { answer: was.map(say).join(', ') })}</span>
        </>
      )}
    </>
  );
}

/** Codes of the engine that have words of ours; another says nothing that the heading does not. */
const kReasons = {
  choice_gone: 'upgrade_choice_gone',
  type_changed: 'upgrade_type_changed',
  not_repeated: 'upgrade_not_repeated',
} as const;

function wordsOf(words: UpgradeWords, messages: Messages, { t, locale }: Texts): string {
  if ('text' in words) return words.text;
  if ('truth' in words) return t(words.truth ? 'yes' : 'no');
  if ('key' in words) return formatMessage(messages[words.key] ?? '', locale);
  const key = Object.entries(kReasons).find(([code]) => code === words.code)?.[1];
  return key === undefined ? '' : t(key);
}
