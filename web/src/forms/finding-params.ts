/** A finding's parameters as people read them: sizes for bytes, names for media types. */
import type { LocaleInfo } from '../i18n/locales';
import type { MessageArgs } from '../i18n/message';
import { formatBytes } from './bytes';

/** `max_bytes` is also given as `max`, the hole that the texts about sizes have. */
export function readableParams(
  params: Readonly<Record<string, string>>,
  locale: LocaleInfo,
): MessageArgs {
  const readable = Object.entries(params).map(([name, value]) => [
    name,
    readableParam(name, value, locale),
  ]);
  const args = Object.fromEntries(readable) as Record<string, string>;
  const limit = args['max_bytes'];
  return limit === undefined ? args : { ...args, max: limit };
}

/** "image/jpeg" → "JPEG", for a list of media types; MP4 is one name for sound and film. */
export function typeNames(types: readonly string[]): string {
  return [...new Set(types.map(typeName))].join(', ');
}

function typeName(type: string): string {
  if (type === 'application/octet-stream') return '?';
  return (type.split('/')[1] ?? type).toUpperCase();
}

function readableParam(name: string, value: string, locale: LocaleInfo): string {
  if ((name === 'max_bytes' || name === 'size') && /^\d+$/.test(value)) {
    return formatBytes(Number(value), locale);
  }
  if (name === 'accepted') return typeNames(value.split(/[\s,]+/));
  return name === 'found' ? typeName(value) : value;
}
