/** What was found of a document: what it is, whether it is genuine, and what was looked at. */
import { Banner } from '../components/banner/banner';
import type { Judged } from '../engine/protocol';
import { useTexts } from '../i18n/context';
import type { Texts } from '../i18n/context';
import { formatTaipeiTime } from '../i18n/dates';
import { ReceiptFacts } from './receipt-facts';
import { verdictReason } from './verdict-reason';
import './verdict-view.css';

export function VerdictView({ verdict }: { readonly verdict: Judged }) {
  const { t } = useTexts();
  return (
    <>
      {verdict.genuine ? <Genuine verdict={verdict} /> : <NotGenuine verdict={verdict} />}
      <Facts verdict={verdict} />
      {verdict.steps.length > 0 && (
        <>
          <h2>{t('verify_checked_title')}</h2>
          <Steps verdict={verdict} />
        </>
      )}
    </>
  );
}

function Genuine({ verdict }: { readonly verdict: Judged }) {
  const { t, locale } = useTexts();
  const { kind, facts } = verdict;
  const said = facts['says'] === 'opened' ? 'told_opened' : 'told_unreadable';
  const issued = typeof facts['issued'] === 'string' ? facts['issued'] : '';
  const isApplication = kind === 'submission' || kind === 'bundle';
  return (
    <Banner tone="success" role="status" title={t('receipt_genuine')}>
      <p>{t('verify_kind', { kind })}</p>
      {kind === 'message' && <p>{t(said, { time: formatTaipeiTime(issued, locale) })}</p>}
      {isApplication && <p>{t('verify_receipt_only')}</p>}
      {facts['expired'] === true && <p>{t('verify_expired')}</p>}
      {facts['development'] === true && <p>{t('verify_test_key')}</p>}
    </Banner>
  );
}

function NotGenuine({ verdict }: { readonly verdict: Judged }) {
  const { t } = useTexts();
  const { kind, code, needs_index } = verdict;
  const undecided = needs_index === true;
  const title = kind === 'receipt' ? 'receipt_not_genuine' : 'verify_not_genuine';
  const why = verdictReason(verdict);
  return (
    <Banner tone={undecided ? 'warning' : 'error'} role="alert" title={t(title)}>
      {kind !== 'document' && <p>{t('verify_kind', { kind })}</p>}
      <p>
        {'key' in why ? t(why.key) : t('verify_why', { why: why.why })} {t('verify_not_text')}
      </p>
      <p class="problem-code">
        {t('problem_code')} <code translate={false}>{code}</code>
      </p>
    </Banner>
  );
}

const kSigns = { held: '✓', failed: '✗', not_checked: '–' } as const;

function Steps({ verdict }: { readonly verdict: Judged }) {
  const texts = useTexts();
  return (
    <ol class="steps">
      {verdict.steps.map(({ name, state }) => (
        <li key={name} class={`steps__step steps__step--${state}`}>
          <span class="steps__sign" aria-hidden="true">
            {kSigns[state]}
          </span>
          <span>
            {stepText(texts, verdict, name)}{' '}
            <span class="steps__state">{texts.t('verify_state', { state })}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function stepText({ t }: Texts, { kind, facts }: Judged, name: string): string {
  const byReceiptKey = kind === 'receipt' || kind === 'message' || kind === 'checkpoint';
  if (name === 'signature' && byReceiptKey) return t('verify_signed');
  if (name === 'log_place') return t(facts['short'] === true ? 'verify_short' : 'verify_logged');
  return t('verify_step', { step: name });
}

function Facts({ verdict }: { readonly verdict: Judged }) {
  const texts = useTexts();
  const { facts, kind } = verdict;
  if (verdict.genuine && kind === 'receipt') {
    return <ReceiptFacts receipt={facts as unknown as ReceiptShape} />;
  }
  const rows = rowsOf(texts, facts);
  if (rows.length === 0) return null;
  return (
    <dl class="receipt__facts">
      {rows.map(([name, value]) => (
        <>
          <dt>{texts.t('verify_fact', { fact: name })}</dt>
          <dd translate={false} class="steps__value">
            <bdi>{value}</bdi>
          </dd>
        </>
      ))}
    </dl>
  );
}

type ReceiptShape = Parameters<typeof ReceiptFacts>[0]['receipt'];

/** Which facts are shown, whatever they are of, in this order. */
const kShown = [
  ['form_id', 'form'],
  ['version', 'version'],
  ['sealed_at', 'sealed'],
  ['parts', 'parts'],
  ['origin', 'log'],
  ['size', 'entries'],
  ['root', 'root'],
  ['serial', 'number'],
  ['issued', 'issued'],
  ['expires', 'expires'],
  ['files', 'files'],
] as const;

function rowsOf({ locale }: Texts, facts: Judged['facts']): readonly (readonly [string, string])[] {
  const { form, missing } = facts;
  const named = typeof form === 'object' && form !== null && !Array.isArray(form) ? form : {};
  const { id, version } = named as Readonly<Record<string, string>>;
  const all: Judged['facts'] = {
    ...facts,
    ...(id === undefined ? {} : { form_id: id, version: version ?? '' }),
  };
  const rows = kShown.flatMap(([fact, name]): (readonly [string, string])[] => {
    const value = all[fact];
    if (typeof value === 'number') return [[name, String(value)]];
    if (typeof value !== 'string' || value === '') return [];
    const isTime = /^\d{4}-\d\d-\d\dT[\d:]+Z$/.test(value);
    return [[name, isTime ? formatTaipeiTime(value, locale) : value]];
  });
  return Array.isArray(missing) ? [...rows, ['missing', String(missing.length)]] : rows;
}
