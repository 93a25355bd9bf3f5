import { afterEach, describe, expect, it } from 'vitest';
import { guessCalendar, joinDate, splitDate } from '../../../web/src/forms/date-parts';

const kZoneBefore = process.env['TZ'];

afterEach(() => {
  process.env['TZ'] = kZoneBefore;
});

describe('a date in three fields', () => {
  it('gets its leading zeros once it is whole', () => {
    expect(joinDate({ year: '1990', month: '5', day: '1' })).toBe('1990-05-01');
  });

  it('full-width digits, as input methods give them, count as digits', () => {
    expect(
      joinDate({
        year: '\uff11\uff19\uff19\uff10',
        month: '\uff15',
        day: '\uff11',
      }),
    ).toBe('1990-05-01');
  });

  it.each([
    ['1990-5-', { year: '1990', month: '5', day: '' }],
    ['-5-1', { year: '', month: '5', day: '1' }],
    ['1990--', { year: '1990', month: '', day: '' }],
  ])('an unfinished date %s comes back as it was typed', (answer, parts) => {
    expect(joinDate(parts)).toBe(answer);
    expect(splitDate(answer)).toEqual(parts);
  });

  it('text that is no date lands in the year, so nothing typed is lost', () => {
    expect(splitDate('in the spring')).toEqual({
      year: 'in the spring',
      month: '',
      day: '',
    });
  });

  it('three empty fields are no answer', () => {
    expect(joinDate({ year: ' ', month: '', day: '' })).toBe('');
  });

  it('a partial date may end after the year or the month', () => {
    expect(joinDate({ year: '1967', month: '', day: '' }, true)).toBe('1967');
    expect(joinDate({ year: '1967', month: '5', day: '' }, true)).toBe('1967-05');
  });

  it.each(['Pacific/Pago_Pago', 'UTC', 'Asia/Taipei', 'Pacific/Kiritimati'])(
    'never shifts in %s',
    (zone) => {
      process.env['TZ'] = zone;
      const days = ['1900-01-01', '1945-08-15', '1979-07-01', '2000-02-29', '2026-12-31'];

      expect(days.map((day) => joinDate(splitDate(day)))).toEqual(days);
    },
  );
});

describe('a year in another calendar', () => {
  it('79 may be ROC 79', () => {
    expect(guessCalendar('79')).toEqual({
      calendar: 'roc',
      typed: 79,
      year: 1990,
    });
  });

  it('2533 may be the Buddhist Era', () => {
    expect(guessCalendar('2533')).toEqual({
      calendar: 'buddhist',
      typed: 2533,
      year: 1990,
    });
  });

  it('1990 is what it is', () => {
    expect(guessCalendar('1990')).toBeNull();
    expect(guessCalendar('abc')).toBeNull();
    expect(guessCalendar('7')).toBeNull();
  });
});
