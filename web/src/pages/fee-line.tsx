/** What the application costs, once the answers decide it. */
import type { DraftSession } from '../forms/draft-session';
import { useStore } from '../forms/store';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { usePortal } from './portal';
import { useCall } from './use-call';

/** "NT$600" for Taiwan dollars, in every language: a bare "$" is another currency to most readers. */
export function formatMoney({ locale }: Texts, amount: number, currency: string): string {
  if (currency === 'TWD') return `NT$${new Intl.NumberFormat(locale.intl).format(amount)}`;
  return new Intl.NumberFormat(locale.intl, {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  }).format(amount);
}

export function FeeLine({ session }: { readonly session: DraftSession }) {
  const texts = useTexts();
  const portal = usePortal();
  const { nodes } = useStore(session.state);
  const fee = useCall(
    (signal) => portal.engine.fee({ draft_id: session.draftId }, signal),
    [session, nodes],
  );
  if (fee.kind !== 'answered' || !fee.value?.currency) return null;
  const { amount, currency } = fee.value;
  return (
    <p class="fee">
      {amount === 0
        ? texts.t('fee_none')
        : texts.t('fee', { amount: formatMoney(texts, amount, currency) })}
    </p>
  );
}
