/** What a receipt says: the case number, when it was received, what is to be paid. */
import type { Receipt } from '../engine/protocol';
import { useTexts } from '../i18n/context';
import { formatLocalTime, formatTaipeiTime } from '../i18n/dates';
import { formatMoney } from './fee-line';

export function ReceiptFacts({
  receipt,
}: {
  readonly receipt: Pick<Receipt, 'case_number' | 'received_at' | 'amount_due'>;
}) {
  const texts = useTexts();
  const { t, locale } = texts;
  const local = formatLocalTime(receipt.received_at, locale);
  const { amount, currency } = receipt.amount_due;
  return (
    <dl class="receipt__facts">
      <dt>{t('receipt_number')}</dt>
      <dd class="receipt__number" translate={false}>
        <bdi>{receipt.case_number}</bdi>
      </dd>
      <dt>{t('receipt_time')}</dt>
      <dd>
        {t('receipt_time_taipei', { time: formatTaipeiTime(receipt.received_at, locale) })}
        {local !== null && (
          <>
            <br />
            {t('receipt_time_local', { time: local })}
          </>
        )}
      </dd>
      <dt>{t('receipt_due')}</dt>
      <dd>{amount === 0 ? t('fee_none') : formatMoney(texts, amount, currency)}</dd>
    </dl>
  );
}
