/** Shows times and calendar dates. Dates of birth stay text from end to end: no clock ever touches them. */
import type { LocaleInfo } from './locales';

const kTaipei = 'Asia/Taipei';

/** An instant as in Taipei, e.g. "21 Nov 2026, 15:00". `instant` is RFC 3339; anything else comes back as it is. */
export function formatTaipeiTime(instant: string, locale: LocaleInfo): string {
  return formatInstant(instant, locale, kTaipei);
}

/** An instant as the phone's own clock shows it: for what happened on this phone. */
export function formatPhoneTime(instant: string, locale: LocaleInfo): string {
  return formatInstant(instant, locale, undefined);
}

/** The same instant in the phone's own time zone, or null when that zone reads the same. */
export function formatLocalTime(instant: string, locale: LocaleInfo): string | null {
  const local = formatInstant(instant, locale, undefined);
  return local === formatInstant(instant, locale, kTaipei) ? null : local;
}

function formatInstant(instant: string, locale: LocaleInfo, timeZone: string | undefined): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return instant;
  const options: Intl.DateTimeFormatOptions = {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  };
  return new Intl.DateTimeFormat(locale.intl, timeZone ? { ...options, timeZone } : options).format(
    time,
  );
}

/**
 * A calendar date `YYYY-MM-DD` in words. The text is read as three numbers and formatted at noon UTC in UTC,
 * so no time zone can move the day. Text that is not such a date comes back as it is.
 */
export function formatCalendarDate(date: string, locale: LocaleInfo): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return date;
  const noon = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 12);
  return new Intl.DateTimeFormat(locale.intl, { dateStyle: 'long', timeZone: 'UTC' }).format(noon);
}

/** ROC (Minguo) year of a Gregorian year: 1990 → 79, 1911 → -1 (one year before the Republic). There is no year 0. */
export function rocYear(year: number): number {
  return year > 1911 ? year - 1911 : year - 1912;
}
