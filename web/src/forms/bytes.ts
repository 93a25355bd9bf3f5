/** File sizes as people read them. */
import type { LocaleInfo } from '../i18n/locales';

/** "410 KB", "2.3 MB": thousands as the rules of the case office count them (512 KB is 524,288 bytes there). */
export function formatBytes(bytes: number, locale: LocaleInfo): string {
  const [value, unit] = scaled(bytes);
  return `${new Intl.NumberFormat(locale.intl, { maximumFractionDigits: 1 }).format(value)}\u00a0${unit}`;
}

function scaled(bytes: number): readonly [number, string] {
  if (bytes === 0) return [0, 'KB'];
  if (bytes < 1_000_000) return [Math.max(1, Math.round(bytes / 1024)), 'KB'];
  return bytes < 1_000_000_000 ? [bytes / 1_000_000, 'MB'] : [bytes / 1_000_000_000, 'GB'];
}
