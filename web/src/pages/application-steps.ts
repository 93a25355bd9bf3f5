/** The ladder of one application: on this phone, sealed, sending n of m, received. */
import type { OutboxState } from '../engine/protocol';
import type { Texts } from '../i18n/context';
import { formatPhoneTime, formatTaipeiTime } from '../i18n/dates';
import type { Step, StepState } from '../components/ladder/ladder';

/** Where an application is that was not sealed yet. */
export interface OnThisPhone {
  readonly kind: 'draft';
}

type Rungs = readonly [
  phone: StepState,
  sealed: StepState,
  sending: StepState,
  received: StepState,
];

/** Everybody can say from these four lines where the application stands. */
export function applicationSteps(
  texts: Texts,
  state: OutboxState | OnThisPhone,
  online: boolean,
): Step[] {
  const { t } = texts;
  const [phone, sealed, sending, received] = rungs(state);
  const names = [
    t('step_phone'),
    t('step_sealed'),
    sendingName(texts, state),
    receivedName(texts, state),
  ];
  return [phone, sealed, sending, received].map((rung, index) => ({
    name: names[index] ?? '',
    state: rung,
    stateName: t(`step_state_${rung}`),
    ...(index === 2 && state.kind !== 'draft' ? detailOf(texts, state, online) : {}),
  }));
}

function rungs(state: OutboxState | OnThisPhone): Rungs {
  switch (state.kind) {
    case 'draft':
      return ['now', 'ahead', 'ahead', 'ahead'];
    case 'sealed':
    case 'waiting':
      return ['done', 'done', 'waiting', 'ahead'];
    case 'sending':
      return ['done', 'done', 'now', 'ahead'];
    case 'refused':
      return ['done', 'done', 'stopped', 'ahead'];
    case 'received':
      return ['done', 'done', 'done', 'done'];
  }
}

function sendingName(texts: Texts, state: OutboxState | OnThisPhone): string {
  if (state.kind !== 'sending') return texts.t('step_sending');
  return texts.t('step_sending_parts', { part: state.part, parts: state.parts });
}

function receivedName(texts: Texts, state: OutboxState | OnThisPhone): string {
  if (state.kind !== 'received') return texts.t('step_received');
  return texts.t('step_received_as', {
    number: state.case_number,
    time: formatTaipeiTime(state.received_at, texts.locale),
  });
}

function detailOf(texts: Texts, state: OutboxState, online: boolean): { detail?: string } {
  const { t } = texts;
  if (state.kind === 'sealed')
    return { detail: t(online ? 'sent_starting' : 'sent_waiting_network') };
  if (state.kind === 'refused') return { detail: texts.problem(state.reason) };
  if (state.kind !== 'waiting') return {};
  if (!online) return { detail: t('sent_waiting_network') };
  const when =
    state.next_try_at === null
      ? ''
      : ` ${t('sent_next_try', { time: formatPhoneTime(state.next_try_at, texts.locale) })}`;
  return { detail: texts.problem(state.reason) + when };
}
