/** Formats compiled ICU messages without evaluating code, as the portal's CSP demands. */
import type { LocaleInfo } from './locales';

/** A compiled message: plain text, or a list of parts. Made by `compile.ts`, at build time for our own texts. */
export type Message = string | readonly Part[];

export type Part =
  | string
  | readonly ['v', name: string]
  | readonly ['n', name: string, style: string]
  | readonly ['#']
  | readonly ['p', name: string, kind: 'cardinal' | 'ordinal', offset: number, cases: Cases]
  | readonly ['s', name: string, cases: Cases];

export type Cases = Readonly<Record<string, Message>>;
export type MessageArgs = Readonly<Record<string, string | number>>;
export type Messages = Readonly<Record<string, Message>>;

/** What makes a text more than plain: an argument, an octothorpe, or ICU quoting. */
export const kIcuSyntax = /[{}'#]/;

const kFirstStrongIsolate = '\u2068';
const kPopIsolate = '\u2069';

/**
 * `message` with `args` filled in. Text arguments are wrapped in bidi isolates, so that a name in another
 * direction cannot reorder the sentence around it. A missing argument shows as `{name}`.
 */
export function formatMessage(
  message: Message,
  locale: LocaleInfo,
  args: MessageArgs = {},
): string {
  if (typeof message === 'string') return message;
  return formatParts(message, locale, args, null);
}

function formatParts(
  parts: readonly Part[],
  locale: LocaleInfo,
  args: MessageArgs,
  count: number | null,
): string {
  return parts.map((part) => formatPart(part, locale, args, count)).join('');
}

function formatPart(
  part: Part,
  locale: LocaleInfo,
  args: MessageArgs,
  count: number | null,
): string {
  if (typeof part === 'string') return part;
  if (part[0] === '#') return count === null ? '#' : formatNumber(count, locale);
  const value = args[part[1]];
  if (value === undefined) return `{${part[1]}}`;
  if (part[0] === 'v')
    return typeof value === 'number' ? formatNumber(value, locale) : isolate(value);
  if (part[0] === 'n') return formatNumber(Number(value), locale, part[2]);
  const chosen =
    part[0] === 'p'
      ? pluralCase(part, Number(value), locale)
      : (part[2][String(value)] ?? part[2]['other']);
  if (chosen === undefined) return '';
  if (typeof chosen === 'string') return chosen;
  return formatParts(chosen, locale, args, part[0] === 'p' ? Number(value) - part[3] : count);
}

function pluralCase(
  part: Extract<Part, readonly ['p', ...unknown[]]>,
  value: number,
  locale: LocaleInfo,
): Message | undefined {
  const cases = part[4];
  const rule = new Intl.PluralRules(locale.intl, { type: part[2] }).select(value - part[3]);
  return cases[`=${value}`] ?? cases[rule] ?? cases['other'];
}

function formatNumber(value: number, locale: LocaleInfo, style = ''): string {
  const options: Intl.NumberFormatOptions =
    style === 'percent'
      ? { style: 'percent' }
      : style === 'integer'
        ? { maximumFractionDigits: 0 }
        : {};
  return new Intl.NumberFormat(locale.intl, options).format(value);
}

function isolate(text: string): string {
  return `${kFirstStrongIsolate}${text}${kPopIsolate}`;
}
