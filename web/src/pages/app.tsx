/** The whole page: header, notices, and the page the address asks for. */
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../forms/store';
import { loadDetailTexts, loadPortalTexts } from '../i18n/catalog';
import { makeTexts, TextsProvider, useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import type { LocaleInfo } from '../i18n/locales';
import { ChooseFormPage } from './choose-form-page';
import { DraftPages } from './draft-pages';
import { Header } from './header';
import { HomePage } from './home-page';
import { MovePage, BringPage } from './move-page';
import { Notices } from './notices';
import { usePortal } from './portal';
import { LazyPage } from './lazy-page';
import { Trouble, Waiting } from './trouble';
import { useLazy } from './use-lazy';
import { SentPage } from './sent-page';

/** Puts the catalog of `locale` around everything; the page stays mounted when the language changes. */
export function App({ locale }: { readonly locale: LocaleInfo }) {
  const texts = useLocaleTexts(locale);
  useEffect(() => {
    if (!texts) return;
    document.documentElement.lang = texts.locale.tag;
    document.documentElement.dir = texts.locale.dir;
  }, [texts]);
  if (!texts) return null;
  return (
    <TextsProvider value={texts}>
      <SkipLink />
      <Header />
      <main id="main" class="main" tabIndex={-1}>
        <Notices />
        <CurrentPage />
      </main>
    </TextsProvider>
  );
}

/** The texts of `locale`; until they have come, those of the language before. Null at the very start. */
function useLocaleTexts(locale: LocaleInfo): Texts | null {
  const [texts, setTexts] = useState<Texts | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const load = async (): Promise<void> => {
      const portal = await loadPortalTexts(locale, controller.signal);
      setTexts(makeTexts(locale, portal, {}));
      setTexts(makeTexts(locale, portal, await loadDetailTexts(locale, controller.signal)));
    };
    load().catch(() => {
      // Offline, and this language was never fetched: the language before stays.
    });
    return () => controller.abort();
  }, [locale]);
  return texts;
}

function SkipLink() {
  const { t } = useTexts();
  return (
    <a
      class="skip-link"
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      {t('skip_to_content')}
    </a>
  );
}

function CurrentPage() {
  const portal = usePortal();
  const route = useStore(portal.router.route);
  const boot = useStore(portal.boot);
  const help = useLazy(route.page === 'help', async () => (await import('./help-page')).HelpPage);
  const receipt = useLazy(
    route.page === 'receipt',
    async () => (await import('./receipt-page')).ReceiptPage,
  );
  const verify = useLazy(
    route.page === 'verify',
    async () => (await import('./verify-page')).VerifyPage,
  );
  const handIn = useLazy(
    route.page === 'hand-in',
    async () => (await import('./hand-in-page')).HandInPage,
  );
  const locking = useLazy(
    route.page === 'locking',
    async () => (await import('./locking-page')).LockingPage,
  );
  const backup = useLazy(
    route.page === 'backup',
    async () => (await import('./backup-page')).BackupPage,
  );
  const sheet = useLazy(
    route.page === 'sheet',
    async () => (await import('./sheet-page')).SheetPage,
  );
  const restore = useLazy(
    route.page === 'restore',
    async () => (await import('./restore-page')).RestorePage,
  );
  const versions = useLazy(
    route.page === 'versions',
    async () => (await import('./versions-page')).VersionsPage,
  );
  // Fetched as soon as there is a vault, so that locking never waits for a network.
  const unlock = useLazy(
    boot.kind === 'ready' && boot.state.vault !== 'none',
    async () => (await import('./unlock-page')).UnlockPage,
  );
  if (route.page === 'hand-in') return <LazyPage lazy={handIn} props={{}} />;
  if (route.page === 'verify') return <LazyPage lazy={verify} props={{}} />;
  if (route.page === 'help') return <LazyPage lazy={help} props={{}} />;
  if (boot.kind === 'failed') return <Trouble reason={boot.reason} />;
  if (boot.kind === 'starting') return <Waiting />;
  // Whoever forgot what to show comes back in by a recovery code.
  if (route.page === 'restore') return <LazyPage lazy={restore} props={{}} />;
  if (boot.state.vault === 'locked') return <LazyPage lazy={unlock} props={{}} />;
  switch (route.page) {
    case 'home':
      return <HomePage />;
    case 'new':
      return <ChooseFormPage />;
    case 'locking':
      return <LazyPage lazy={locking} props={{}} />;
    case 'backup':
      return <LazyPage lazy={backup} props={{}} />;
    case 'sheet':
      return <LazyPage lazy={sheet} props={{}} />;
    case 'versions':
      return <LazyPage lazy={versions} props={{ draft: route.draft }} />;
    case 'bring':
      return <BringPage />;
    case 'move':
      return <MovePage draft={route.draft} />;
    case 'draft':
    case 'section':
    case 'check':
    case 'declare':
    case 'changes':
      return <DraftPages route={route} />;
    case 'sent':
      return <SentPage submission={route.submission} />;
    case 'receipt':
      return <LazyPage lazy={receipt} props={{ submission: route.submission }} />;
  }
}
