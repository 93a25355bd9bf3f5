/** Puts an answer into words, for reading through before sending. */
import type { Answer, FileAnswer } from '../engine/protocol';
import type { Texts } from '../i18n/context';
import { formatCalendarDate, rocYear } from '../i18n/dates';
import type { DraftSession } from './draft-session';
import { isTick } from './form-index';
import type { PlacedNode } from './form-index';

export type AnswerText =
  | { readonly kind: 'none' }
  /** Said by us: yes, a choice's label, a date in words. */
  | { readonly kind: 'words'; readonly text: string }
  /** As the person typed it: shown in its own direction, never translated. */
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'files'; readonly files: readonly FileAnswer[] };

export function answerText(
  session: DraftSession,
  texts: Texts,
  placed: PlacedNode,
  value: Answer,
): AnswerText {
  if (isTick(session.form, placed.node)) {
    return { kind: 'words', text: texts.t(value === null || value === false ? 'no' : 'yes') };
  }
  if (value === null || value === '') return { kind: 'none' };
  if (typeof value === 'boolean') return { kind: 'words', text: texts.t(value ? 'yes' : 'no') };
  if (typeof value === 'number') return { kind: 'typed', text: String(value) };
  if (typeof value === 'string') return stringText(session, texts, placed, value);
  if (value.length === 0) return { kind: 'none' };
  if (isFiles(value)) return { kind: 'files', files: value };
  const labels = value.map((name) => choiceLabel(session, placed, name));
  const ranked = placed.node.type === 'rank';
  return {
    kind: 'words',
    text: labels.map((label, index) => (ranked ? `${index + 1}. ${label}` : label)).join('\n'),
  };
}

/** "ROC 79" in the words of the locale; "" when `date` does not begin with a four-digit year. */
export function rocYearText(date: string, texts: Texts): string {
  const match = /^(\d{4})/.exec(date);
  if (!match) return '';
  const year = rocYear(Number(match[1]));
  return year > 0
    ? texts.t('date_roc', { year: String(year) })
    : texts.t('date_before_roc', { year: String(-year) });
}

function stringText(
  session: DraftSession,
  texts: Texts,
  placed: PlacedNode,
  value: string,
): AnswerText {
  if (placed.node.list !== undefined)
    return { kind: 'words', text: choiceLabel(session, placed, value) };
  if (placed.node.type !== 'date') return { kind: 'typed', text: value };
  const words = formatCalendarDate(value, texts.locale);
  return words === value
    ? { kind: 'typed', text: value }
    : { kind: 'words', text: `${words} · ${rocYearText(value, texts)}` };
}

function choiceLabel(session: DraftSession, placed: PlacedNode, name: string): string {
  const choice = session.form.description.choices[placed.node.list ?? '']?.find(
    (one) => one.name === name,
  );
  return choice ? session.textAt(placed.path, choice.label) : name;
}

function isFiles(value: readonly string[] | readonly FileAnswer[]): value is readonly FileAnswer[] {
  return typeof value[0] === 'object';
}
