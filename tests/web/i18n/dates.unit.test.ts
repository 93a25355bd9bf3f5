import { afterEach, describe, expect, it } from 'vitest';
import {
  formatCalendarDate,
  formatLocalTime,
  formatTaipeiTime,
  rocYear,
} from '../../../web/src/i18n/dates';
import { localeByTag } from '../../../web/src/i18n/locales';

const kZoneBefore = process.env['TZ'];

afterEach(() => {
  process.env['TZ'] = kZoneBefore;
});

describe('dates and times', () => {
  it.each(['Pacific/Pago_Pago', 'UTC', 'Asia/Taipei', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'a date of birth is the same day in %s',
    (zone) => {
      process.env['TZ'] = zone;

      expect(formatCalendarDate('1990-05-01', localeByTag('en'))).toBe('1 May 1990');
      expect(formatCalendarDate('1990-05-01', localeByTag('zh-Hant'))).toBe('1990年5月1日');
    },
  );

  it('Thai dates show the Gregorian year, as on the passport', () => {
    expect(formatCalendarDate('1990-05-01', localeByTag('th'))).toContain('1990');
  });

  it('what is no date comes back as it was typed', () => {
    expect(formatCalendarDate('1990-5-', localeByTag('en'))).toBe('1990-5-');
  });

  it('an instant is shown in Taipei time wherever the phone is', () => {
    process.env['TZ'] = 'Pacific/Pago_Pago';

    expect(formatTaipeiTime('2026-11-21T07:00:00Z', localeByTag('en'))).toBe('21 Nov 2026, 15:00');
    expect(formatLocalTime('2026-11-21T07:00:00Z', localeByTag('en'))).toBe('20 Nov 2026, 20:00');
  });

  it('the local time is left out where the clocks agree', () => {
    process.env['TZ'] = 'Asia/Taipei';

    expect(formatLocalTime('2026-11-21T07:00:00Z', localeByTag('en'))).toBeNull();
  });

  it('ROC years count from 1912, and backwards before it', () => {
    expect([1990, 1912, 1911, 1900].map(rocYear)).toEqual([79, 1, -1, -12]);
  });
});
