/** The recovery sheet: the code in text and as a QR code, how to use it, and the agency's key; made to be printed. */
import { Banner } from '../components/banner/banner';
import { Button, ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import { Qr } from '../components/qr/qr';
import type { RecoverySheet } from '../engine/protocol';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { formatCalendarDate } from '../i18n/dates';
import { usePortal } from './portal';
import { hrefOf } from './router';
import { Trouble, Waiting } from './trouble';
import { useCall } from './use-call';

export function SheetPage() {
  const { engine } = usePortal();
  const { t } = useTexts();
  const sheet = useCall((signal) => engine.recoverySheet(signal), []);
  if (sheet.kind === 'waiting') return <Waiting />;
  if (sheet.kind === 'answered') return <Sheet sheet={sheet.value} />;
  return (
    <Page key="sheet" title={t('sheet_title')} back={hrefOf({ page: 'backup' })}>
      <Trouble reason={sheet.reason} />
    </Page>
  );
}

/** The code in groups, each whole on its line, so that hand and eye find them again. */
function CodeGroups({ code }: { readonly code: string }) {
  const groups = code.split('-');
  return (
    <p class="sheet__code" translate={false} dir="ltr">
      {groups.map((group, index) => (
        <span key={index}>
          {group}
          {index < groups.length - 1 && <span class="sheet__hyphen">-</span>}
        </span>
      ))}
    </p>
  );
}

function Sheet({ sheet }: { readonly sheet: RecoverySheet }) {
  const { t, locale } = useTexts();
  const boot = useStore(usePortal().boot);
  const address = `${location.origin}${location.pathname}`;
  return (
    <Page key="sheet" title={t('sheet_title')} back={hrefOf({ page: 'backup' })}>
      <p class="no-print">{t('sheet_lead')}</p>
      <div class="sheet">
        <div>
          <h2 class="sheet__heading">{t('sheet_code')}</h2>
          <CodeGroups code={sheet.code} />
          <p class="muted">
            {t('sheet_made', { date: formatCalendarDate(sheet.made_at.slice(0, 10), locale) })}
          </p>
        </div>
        <figure class="sheet__qr">
          <Qr text={sheet.code} label={t('sheet_qr')} />
          <figcaption class="muted">{t('sheet_qr')}</figcaption>
        </figure>
      </div>
      <Banner tone="warning" title={t('sheet_secret')} />
      <ButtonRow>
        <Button onClick={() => window.print()}>{t('receipt_print')}</Button>
        <LinkButton kind="secondary" href={hrefOf({ page: 'home' })}>
          {t('to_home')}
        </LinkButton>
      </ButtonRow>
      <section>
        <h2>{t('sheet_how_title')}</h2>
        <ol class="steps">
          <li>
            {t('sheet_how_open')}
            <br />
            <span class="address" translate={false}>
              <bdi>{address}</bdi>
            </span>
          </li>
          <li>{t('sheet_how_type')}</li>
        </ol>
      </section>
      {boot.kind === 'ready' && boot.state.root_kid !== '' && (
        <p class="muted">
          {t('help_root')}
          <br />
          <code translate={false}>{boot.state.root_kid}</code>
          {boot.state.former_root_kids !== undefined && (
            <>
              <br />
              {t('help_root_former')}
            </>
          )}
          {boot.state.former_root_kids?.map((kid) => (
            <>
              <br />
              <code translate={false}>{kid}</code>
            </>
          ))}
        </p>
      )}
    </Page>
  );
}
