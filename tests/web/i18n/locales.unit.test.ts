import { describe, expect, it } from 'vitest';
import { localeByTag, locales, negotiateLocale } from '../../../web/src/i18n/locales';

const kAll = ['zh-Hant', 'zh-Hans', 'en', 'ja', 'ko', 'vi', 'id', 'th', 'fil', 'km', 'my', 'hi'];

describe('choosing a language from what the browser asks for', () => {
  it.each([
    ['zh-Hant-TW', 'zh-Hant'],
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['yue-Hant-HK', 'zh-Hant'],
    ['yue', 'zh-Hant'],
    ['nan-TW', 'zh-Hant'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['en-AU', 'en'],
    ['th-TH', 'th'],
    ['tl-PH', 'fil'],
    ['in-ID', 'id'],
    ['ja-JP-u-ca-japanese', 'ja'],
    ['zh_TW', 'zh-Hant'],
    ['ZH-hant', 'zh-Hant'],
  ])('%s is served by %s', (asked, served) => {
    expect(negotiateLocale([asked], kAll, 'en')).toBe(served);
  });

  it('a dialect tag nobody speaks here falls back instead of failing', () => {
    expect(negotiateLocale(['sv-SE'], kAll, 'en')).toBe('en');
  });

  it('the next wish counts when the first cannot be served', () => {
    expect(negotiateLocale(['sv-SE', 'ko-KR', 'en'], kAll, 'en')).toBe('ko');
  });

  it.each(['', 'x', '-', 'en--', 'a_b_c_d', '*', 'zh-', '🙂', 'i-klingon', 'C'])(
    'the odd tag "%s" never throws',
    (tag) => {
      expect(kAll).toContain(negotiateLocale([tag], kAll, 'en'));
    },
  );

  it('every listed locale is served by itself', () => {
    const served = locales.map((locale) =>
      negotiateLocale(
        [locale.tag],
        locales.map((one) => one.tag),
        'en',
      ),
    );

    expect(served).toEqual(locales.map((locale) => locale.tag));
    expect(served.length).toBeGreaterThan(2);
  });

  it('an unknown stored tag gives the fallback', () => {
    expect(localeByTag('xx').tag).toBe('en');
  });
});
