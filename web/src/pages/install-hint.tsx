/** How to keep the portal: leave an app's built-in browser, or put it on the home screen, drafts first. */
import { useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import type { DraftSummary } from '../engine/protocol';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { inAppBrowser, isAppleMobile, isInstalled, lineExternalAddress } from './install';
import { usePortal } from './portal';
import { hrefOf } from './router';

interface InstallHintProps {
  readonly drafts: readonly DraftSummary[];
}

export function InstallHint({ drafts }: InstallHintProps) {
  const install = useStore(usePortal().install);
  if (inAppBrowser(navigator.userAgent) !== null || isInstalled()) return null;
  if (install) return <InstallButton />;
  return isAppleMobile(navigator.userAgent, navigator.maxTouchPoints) ? (
    <AppleSteps drafts={drafts} />
  ) : null;
}

function InstallButton() {
  const { t } = useTexts();
  const { install } = usePortal();
  const offer = async (): Promise<void> => {
    await install.get()?.prompt();
    install.set(null);
  };
  return (
    <Banner tone="info" title={t('install_title')}>
      <p>{t('install_why')}</p>
      <Button kind="secondary" onClick={() => void offer()}>
        {t('install_button')}
      </Button>
    </Banner>
  );
}

/** On iOS the home-screen app starts with empty storage of its own, so drafts must be carried over by file. */
function AppleSteps({ drafts }: InstallHintProps) {
  const { t } = useTexts();
  return (
    <details class="hint">
      <summary>{t('install_title')}</summary>
      <p>{t('install_apple_why')}</p>
      {drafts.length > 0 && (
        <>
          <p>
            <strong>{t('install_apple_first')}</strong>
          </p>
          <CarryLinks drafts={drafts} />
        </>
      )}
      <ol class="steps">
        <li>{t('install_apple_share')}</li>
        <li>{t('install_apple_add')}</li>
        <li>{t('install_apple_open')}</li>
      </ol>
    </details>
  );
}

/** The way out of LINE, Facebook and the like, offered before anything is typed there. */
export function InAppAdvice({ drafts }: InstallHintProps) {
  const { t } = useTexts();
  const app = inAppBrowser(navigator.userAgent);
  const [copied, setCopied] = useState(false);
  if (app === null) return null;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.origin);
      setCopied(true);
    } catch {
      // Some built-in browsers forbid it: the address below can be copied by hand.
      setCopied(false);
    }
  };
  return (
    <Banner tone="warning" title={t('inapp_title')}>
      <p>{t('inapp_why')}</p>
      {drafts.length > 0 && (
        <>
          <p>{t('inapp_drafts_first')}</p>
          <CarryLinks drafts={drafts} />
        </>
      )}
      {app === 'line' ? (
        <ButtonRow>
          <LinkButton href={lineExternalAddress(location.href)}>{t('inapp_open')}</LinkButton>
        </ButtonRow>
      ) : (
        <>
          <p>{t('inapp_menu')}</p>
          <p>
            <bdi class="address">{location.origin}</bdi>
          </p>
          <Button kind="secondary" onClick={() => void copy()}>
            {t(copied ? 'inapp_copied' : 'inapp_copy')}
          </Button>
        </>
      )}
    </Banner>
  );
}

function CarryLinks({ drafts }: InstallHintProps) {
  const { t } = useTexts();
  return (
    <ul>
      {drafts.map((draft, index) => (
        <li key={draft.draft_id}>
          <a class="row-link" href={hrefOf({ page: 'move', draft: draft.draft_id })}>
            {t('install_carry', { number: index + 1 })}
          </a>
        </li>
      ))}
    </ul>
  );
}
