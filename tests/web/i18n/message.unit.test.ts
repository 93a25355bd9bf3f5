import { describe, expect, it } from 'vitest';
import { compileMessage, compileTexts } from '../../../web/src/i18n/compile';
import { localeByTag } from '../../../web/src/i18n/locales';
import { formatMessage } from '../../../web/src/i18n/message';
import type { MessageArgs } from '../../../web/src/i18n/message';

function say(source: string, args: MessageArgs = {}, tag = 'en'): string {
  return formatMessage(compileMessage(source), localeByTag(tag), args);
}

describe('ICU messages without eval', () => {
  it('plain text stays plain text', () => {
    expect(compileMessage('Nothing special')).toBe('Nothing special');
  });

  it('a text argument is isolated, so that its direction cannot reorder the sentence', () => {
    expect(say('Hello {name}.', { name: 'علي' })).toBe('Hello \u2068علي\u2069.');
  });

  it('a number argument is written as the locale writes numbers', () => {
    expect(say('{n}', { n: 12345 })).toBe('12,345');
  });

  it('plural cases follow the language', () => {
    const source = '{n, plural, one {# file} other {# files}}';

    expect(say(source, { n: 1 })).toBe('1 file');
    expect(say(source, { n: 2 })).toBe('2 files');
  });

  it('an exact case wins over the category, and an offset is taken off', () => {
    const source =
      '{n, plural, offset:1 =0 {nobody} one {you and # other} other {you and # others}}';

    expect(say(source, { n: 0 })).toBe('nobody');
    expect(say(source, { n: 2 })).toBe('you and 1 other');
    expect(say(source, { n: 3 })).toBe('you and 2 others');
  });

  it('select takes the named case, or other', () => {
    const source = '{sex, select, F {she} M {he} other {they}}';

    expect(say(source, { sex: 'F' })).toBe('she');
    expect(say(source, { sex: 'X' })).toBe('they');
  });

  it('braces in quotes are text', () => {
    expect(say("'{'name'}'")).toBe('{name}');
  });

  it('a missing argument shows its name and breaks nothing', () => {
    expect(say('{who} waits')).toBe('{who} waits');
  });

  it('Burmese and Thai numbers use the digits of the documents people copy from', () => {
    expect(say('{n}', { n: 2026 }, 'th')).toBe('2,026');
  });

  it('a broken text of a form is shown as written', () => {
    expect(compileTexts({ a: 'open {brace' })).toEqual({ a: 'open {brace' });
  });
});
