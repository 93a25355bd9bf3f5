/** Starts the portal: engine, language, router, service worker; then draws. */
import { render } from 'preact';
import '../styles/styles.css';
import { startEngine } from '../engine/client';
import { EngineProvider } from '../forms/engine-context';
import { followPresses } from '../forms/pointer';
import { createStore, useStore } from '../forms/store';
import type { Store } from '../forms/store';
import { localeByTag } from '../i18n/locales';
import type { LocaleInfo } from '../i18n/locales';
import { watchForUpdates } from '../sw/register';
import { App } from './app';
import { keepFetched } from './keep-fetched';
import { chosenLocale, rememberLocale } from './language';
import { connectPortal } from './portal-start';
import { PortalProvider } from './portal';
import type { Portal } from './portal';

function Root({ portal, locale }: { readonly portal: Portal; readonly locale: Store<LocaleInfo> }) {
  const current = useStore(locale);
  return (
    <PortalProvider value={portal}>
      <EngineProvider value={portal.engine}>
        <App locale={current} />
      </EngineProvider>
    </PortalProvider>
  );
}

function start(): void {
  const page = new AbortController();
  const locale = createStore(chosenLocale());
  const portal = connectPortal(startEngine(), page.signal, (tag) => {
    rememberLocale(tag);
    locale.set(localeByTag(tag));
  });
  followPresses(document, page.signal);
  const place = document.getElementById('app');
  if (!place) throw new Error('index.html has no place for the portal');
  // The static words of index.html stay until the first texts are here.
  const shell = document.getElementById('shell');
  render(<Root portal={portal} locale={locale} />, place);
  const settled = new MutationObserver(() => {
    shell?.remove();
    settled.disconnect();
  });
  settled.observe(place, { childList: true });
  void watchForUpdates(
    {
      onOfflineReady: () => void keepFetched(page.signal).then(() => portal.offlineReady.set(true)),
      onUpdateReady: (update) => portal.update.set(update),
    },
    page.signal,
  );
}

start();
