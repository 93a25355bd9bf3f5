/** The first page: start an application, and where each of them stands. */
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../components/banner/banner';
import { ButtonRow, LinkButton } from '../components/button/button';
import { Page } from '../components/page/page';
import type { DraftSummary, FormListing, OutboxSummary, Receipt } from '../engine/protocol';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import { formatPhoneTime, formatTaipeiTime } from '../i18n/dates';
import { InAppAdvice, InstallHint } from './install-hint';
import { usePortal } from './portal';
import type { Portal } from './portal';
import { hrefOf } from './router';
import { Trouble } from './trouble';
import { useCall } from './use-call';

export function HomePage() {
  const { t, locale } = useTexts();
  const portal = usePortal();
  const boot = useStore(portal.boot);
  const turn = useStore(portal.formsTurn);
  const outbox = useStore(portal.outbox);
  const open = boot.kind === 'ready' && boot.state.vault === 'open';
  const copied = useCopies(portal);
  const forms = useCall(
    (signal) => portal.engine.listForms({ locale: locale.tag }, signal),
    [turn, locale.tag],
  );
  const drafts = useCall(
    async (signal) => (open ? portal.engine.listDrafts(signal) : []),
    [open, outbox.length, copied],
  );
  const receipts = useCall(
    async (signal) => (open ? portal.engine.listReceipts(signal) : []),
    [open, outbox],
  );
  const titles = forms.kind === 'answered' ? forms.value : [];
  const draftList = drafts.kind === 'answered' ? drafts.value : [];
  const receiptList = receipts.kind === 'answered' ? receipts.value : [];
  const underway = outbox.filter((item) => item.state.kind !== 'received');
  const nothing = draftList.length + underway.length + receiptList.length === 0;
  return (
    <Page key="home" title={t('home_title')}>
      <p class="lead">{t('home_lead')}</p>
      <InAppAdvice drafts={draftList} />
      {drafts.kind === 'failed' && <Trouble reason={drafts.reason} />}
      <ButtonRow>
        <LinkButton href={hrefOf({ page: 'new' })}>{t('home_start')}</LinkButton>
      </ButtonRow>
      {!nothing && (
        <section aria-labelledby="yours">
          <h2 id="yours">{t('home_yours')}</h2>
          <ul class="cards">
            {draftList.map((draft) => (
              <li key={draft.draft_id}>
                <DraftCard draft={draft} title={titleOf(titles, draft.form_id)} />
              </li>
            ))}
            {underway.map((item) => (
              <li key={item.submission_id}>
                <OutboxCard item={item} title={titleOf(titles, item.form_id)} />
              </li>
            ))}
            {receiptList.map((receipt) => (
              <li key={receipt.submission_id}>
                <ReceiptCard receipt={receipt} title={titleOf(titles, receipt.form_id)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {nothing && <HowItWorks />}
      <InstallHint drafts={draftList} />
      <OtherWays open={open} copied={copied} />
    </Page>
  );
}

/** Problems of the copy that do not pass by themselves. */
const kCopyLost: ReadonlySet<string> = new Set([
  'backup_missing',
  'backup_deleted',
  'backup_not_genuine',
]);

/** What is not about one application: bringing drafts in, keeping them, who may open them. */
function OtherWays({ open, copied }: { readonly open: boolean; readonly copied: number }) {
  const { t } = useTexts();
  const { engine } = usePortal();
  const backup = useCall(async (signal) => (open ? engine.backup(signal) : null), [open, copied]);
  const reason =
    backup.kind === 'answered' && backup.value?.kind === 'on' ? backup.value.reason : null;
  return (
    <>
      {reason !== null && kCopyLost.has(reason) && <Trouble reason={reason} />}
      <p>
        <a class="row-link" href={hrefOf({ page: 'bring' })}>
          {t('home_bring')}
        </a>
      </p>
      <p>
        <a class="row-link" href={hrefOf({ page: 'restore' })}>
          {t('home_restore')}
        </a>
      </p>
      <p>
        <a class="row-link" href={hrefOf({ page: 'backup' })}>
          {t('backup_title')}
        </a>
      </p>
      {open && (
        <p>
          <a class="row-link" href={hrefOf({ page: 'locking' })}>
            {t('locking_title')}
          </a>
        </p>
      )}
    </>
  );
}

/** Counts how often the copy was brought up to date: drafts of another phone may have come with it. */
function useCopies(portal: Portal): number {
  const [copies, setCopies] = useState(0);
  useEffect(
    () =>
      portal.engine.subscribe((event) => {
        if (event.event === 'backup') setCopies((count) => count + 1);
      }),
    [portal],
  );
  return copies;
}

function titleOf(forms: readonly FormListing[], formId: string): string {
  return forms.find((form) => form.form_id === formId)?.title ?? formId;
}

function HowItWorks() {
  const { t } = useTexts();
  return (
    <section aria-labelledby="how">
      <h2 id="how">{t('how_title')}</h2>
      <ol class="steps">
        <li>{t('how_fill')}</li>
        <li>{t('how_seal')}</li>
        <li>{t('how_send')}</li>
        <li>{t('how_receipt')}</li>
      </ol>
    </section>
  );
}

function DraftCard({ draft, title }: { readonly draft: DraftSummary; readonly title: string }) {
  const { t, locale } = useTexts();
  return (
    <article class="card">
      <p class="card__state">{t(draft.rival_of === undefined ? 'step_phone' : 'versions_card')}</p>
      <h3>{title}</h3>
      <p class="muted">
        {t('home_answered', { answered: draft.answered, questions: draft.questions })}
        <br />
        {t('home_saved', { time: formatPhoneTime(draft.saved_at, locale) })}
      </p>
      <ButtonRow>
        <LinkButton kind="secondary" href={hrefOf({ page: 'draft', draft: draft.draft_id })}>
          {t('home_continue')}
        </LinkButton>
        {draft.rival_of !== undefined && (
          <LinkButton kind="secondary" href={hrefOf({ page: 'versions', draft: draft.draft_id })}>
            {t('versions_compare')}
          </LinkButton>
        )}
        <LinkButton kind="plain" href={hrefOf({ page: 'move', draft: draft.draft_id })}>
          {t('home_move')}
        </LinkButton>
      </ButtonRow>
    </article>
  );
}

function OutboxCard({ item, title }: { readonly item: OutboxSummary; readonly title: string }) {
  const { t, problem } = useTexts();
  const online = useStore(usePortal().online);
  const { state } = item;
  const words =
    state.kind === 'sending'
      ? t('step_sending_parts', { part: state.part, parts: state.parts })
      : state.kind === 'refused'
        ? t('home_refused')
        : t('step_sealed');
  return (
    <article class={`card${state.kind === 'refused' ? ' card--attention' : ''}`}>
      <p class="card__state">{words}</p>
      <h3>{title}</h3>
      <p class="muted">
        {state.kind === 'refused'
          ? problem(state.reason)
          : t(online ? 'sent_by_itself' : 'sent_waiting_network')}
      </p>
      <ButtonRow>
        <LinkButton
          kind="secondary"
          href={hrefOf({ page: 'sent', submission: item.submission_id })}
        >
          {t('home_see')}
        </LinkButton>
      </ButtonRow>
    </article>
  );
}

function ReceiptCard({ receipt, title }: { readonly receipt: Receipt; readonly title: string }) {
  const { t, locale } = useTexts();
  const { told } = receipt;
  return (
    <article class="card card--done">
      <p class="card__state">{t('step_received')}</p>
      <h3>{title}</h3>
      <p>
        {t('receipt_number')} <strong class="case-number">{receipt.case_number}</strong>
        <br />
        <span class="muted">{formatTaipeiTime(receipt.received_at, locale)}</span>
      </p>
      {!receipt.genuine && <Banner tone="error" title={t('receipt_not_genuine')} />}
      {told !== null && receipt.replaced !== true && (
        <Banner
          tone={told.says === 'opened' ? 'success' : 'warning'}
          title={t(told.says === 'opened' ? 'told_opened' : 'told_unreadable', {
            time: formatTaipeiTime(told.issued, locale),
          })}
        />
      )}
      <ButtonRow>
        <LinkButton
          kind="secondary"
          href={hrefOf({ page: 'receipt', submission: receipt.submission_id })}
        >
          {t('home_receipt')}
        </LinkButton>
      </ButtonRow>
    </article>
  );
}
