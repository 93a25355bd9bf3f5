/** The header of every page: name, network, language, help, lock. */
import { useState } from 'preact/hooks';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { locales } from '../i18n/locales';
import { usePortal } from './portal';
import { hrefOf, isOpenWhileLocked } from './router';

export function Header() {
  const { t, locale } = useTexts();
  const portal = usePortal();
  const online = useStore(portal.online);
  return (
    <header class="header">
      <div class="header__inner">
        <a class="header__name" href={hrefOf({ page: 'home' })}>
          {t('app_name')}
        </a>
        <nav class="header__tools" aria-label={t('header_tools')}>
          <label class="header__language">
            <span class="visually-hidden">{t('language')}</span>
            <select
              autocomplete="off"
              value={locale.tag}
              onChange={(event) => portal.setLocale(event.currentTarget.value)}
            >
              {locales.map((one) => (
                <option
                  key={one.tag}
                  value={one.tag}
                  lang={one.tag}
                  selected={one.tag === locale.tag}
                >
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <a class="header__tool" href={hrefOf({ page: 'help' })}>
            {t('header_help')}
          </a>
          <LockButton />
        </nav>
      </div>
      <p class="header__network" role="status">
        {online ? '' : t('header_offline')}
      </p>
    </header>
  );
}

function LockButton() {
  const { t } = useTexts();
  const portal = usePortal();
  const boot = useStore(portal.boot);
  const [busy, setBusy] = useState(false);
  if (boot.kind !== 'ready' || boot.state.vault !== 'open') return null;
  const lock = async (signal: AbortSignal): Promise<void> => {
    setBusy(true);
    try {
      // What was typed a moment ago is sealed before the keys are put away.
      await portal.engine.flush(signal);
      portal.boot.set({ kind: 'ready', state: await portal.engine.lockVault(signal) });
      // There the locked screen would not be seen.
      if (isOpenWhileLocked(portal.router.route.get())) portal.router.go({ page: 'home' });
    } catch {
      await portal.reboot();
    }
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="header__tool"
      aria-disabled={busy}
      onClick={() => void lock(new AbortController().signal)}
    >
      {t('header_lock')}
    </button>
  );
}
