/** Opens a draft once and shows its pages; it stays open while the person moves among them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Page } from '../components/page/page';
import { ButtonRow, LinkButton } from '../components/button/button';
import type { EngineEvent, ProblemCode } from '../engine/protocol';
import { createDraftSession } from '../forms/draft-session';
import type { DraftSession } from '../forms/draft-session';
import { problemOf, wasAborted } from '../forms/engine-port';
import { formLocaleFor, prepareFormTexts } from '../forms/form-texts';
import { useTexts } from '../i18n/context';
import type { LocaleInfo } from '../i18n/locales';
import { CheckPage } from './check-page';
import { DeclarePage } from './declare-page';
import { LazyPage } from './lazy-page';
import { usePortal } from './portal';
import type { Portal } from './portal';
import { hrefOf } from './router';
import type { Route } from './router';
import { SectionPage } from './section-page';
import { askToKeepStorage } from './storage';
import { TaskListPage } from './task-list-page';
import { Trouble, Waiting } from './trouble';
import { useLazy } from './use-lazy';

type Opened =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly session: DraftSession }
  | { readonly kind: 'failed'; readonly reason: ProblemCode };

export type DraftRoute = Extract<
  Route,
  { readonly page: 'draft' | 'section' | 'check' | 'declare' | 'changes' }
>;

export function DraftPages({ route }: { readonly route: DraftRoute }) {
  const { opened, reopen } = useDraft(route.draft);
  const { t } = useTexts();
  const changes = useLazy(
    route.page === 'changes',
    async () => (await import('./changes-page')).ChangesPage,
  );
  if (opened.kind === 'opening') return <Waiting />;
  if (opened.kind === 'failed') {
    return (
      <Page key="failed" title={t('draft_failed')} back={hrefOf({ page: 'home' })}>
        <Trouble reason={opened.reason} />
        <ButtonRow>
          <LinkButton kind="secondary" href={hrefOf({ page: 'home' })}>
            {t('to_home')}
          </LinkButton>
        </ButtonRow>
      </Page>
    );
  }
  const { session } = opened;
  switch (route.page) {
    case 'draft':
      return <TaskListPage session={session} />;
    case 'section':
      return <SectionPage key={route.section} session={session} index={route.section} />;
    case 'check':
      return <CheckPage session={session} />;
    case 'declare':
      return <DeclarePage session={session} />;
    case 'changes':
      return <LazyPage lazy={changes} props={{ session, reopen }} />;
  }
}

/**
 * The open session of a draft; another language opens it anew with other texts, and so does another
 * version of the form, by `reopen`. Nothing typed is lost.
 */
function useDraft(draftId: string): { readonly opened: Opened; readonly reopen: () => void } {
  const portal = usePortal();
  const { locale } = useTexts();
  const [opened, setOpened] = useState<Opened>({ kind: 'opening' });
  const [turn, setTurn] = useState(0);
  /** Still on the screen, and typed into, until the draft is open again in another language. */
  const former = useRef<DraftSession | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    let session: DraftSession | null = null;
    let forget = (): void => undefined;
    openSession(portal, draftId, locale, controller.signal).then(
      (made) => {
        session = made;
        if (former.current) made.takeOver(former.current);
        former.current = null;
        forget = followSession(portal, made);
        setOpened({ kind: 'open', session: made });
      },
      (reason: unknown) => {
        if (!wasAborted(controller.signal, reason))
          setOpened({ kind: 'failed', reason: problemOf(reason).code });
      },
    );
    return () => {
      session?.retire();
      former.current = session ?? former.current;
      forget();
      controller.abort();
    };
  }, [portal, draftId, locale, turn]);
  useEffect(() => {
    setOpened({ kind: 'opening' });
    return () => {
      former.current?.close();
      former.current = null;
      void closeDraft(portal, draftId);
    };
  }, [portal, draftId]);
  return { opened, reopen: () => setTurn((count) => count + 1) };
}

export async function openSession(
  portal: Portal,
  draftId: string,
  locale: LocaleInfo,
  signal: AbortSignal,
): Promise<DraftSession> {
  const opened = await portal.engine.openDraft({ draft_id: draftId, locale: locale.tag }, signal);
  const texts = await prepareFormTexts(opened.texts, signal);
  return createDraftSession(
    portal.engine,
    opened,
    texts,
    locale,
    formLocaleFor(locale.tag, opened.description),
  );
}

export async function closeDraft(portal: Portal, draftId: string): Promise<void> {
  const { signal } = new AbortController();
  try {
    await portal.engine.flush(signal);
    await portal.engine.closeDraft({ draft_id: draftId }, signal);
  } catch {
    // Submitted, deleted, or the vault was locked meanwhile: it is closed already.
  }
}

/** Ties a session to the engine's events and to the page's end; returns what undoes it. */
function followSession(portal: Portal, session: DraftSession): () => void {
  const ends = new AbortController();
  const hear = (event: EngineEvent): void => {
    if (event.event === 'saved' && event.draft_id === session.draftId) {
      session.noteSaved(event.saved_at);
      void askToKeepStorage();
    }
    if (event.event === 'save-failed' && event.draft_id === session.draftId)
      session.noteSaveFailed(event.reason);
    if (event.event === 'restarted') {
      const again = event.drafts.find((draft) => draft.draft_id === session.draftId);
      if (again) session.reopened(again.nodes);
    }
  };
  const unsubscribe = portal.engine.subscribe(hear);
  const flush = (): void => {
    session.flush(ends.signal).catch(() => session.noteSaveFailed('internal'));
  };
  const flushWhenHidden = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  document.addEventListener('visibilitychange', flushWhenHidden, { signal: ends.signal });
  window.addEventListener('pagehide', flush, { signal: ends.signal });
  return () => {
    ends.abort();
    unsubscribe();
  };
}
