/** File sizes as people read them. */
import type { LocaleInfo } from '../i18n/locales';

/** "410 KB", "2.3 MB": thousands as the rules of the case office count them (512 KB is 524,288 bytes there). */
export function formatBytes(bytes: number, locale: LocaleInfo): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(1, Math.round(bytes / 1024)), 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${new Intl.NumberFormat(locale.intl, { maximumFractionDigits: 1 }).format(bytes === 0 ? 0 : value)}\u00a0${unit}`;
}
