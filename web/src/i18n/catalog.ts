/** Loads the catalogs of one locale; no other locale's texts reach the phone. */
import { details, portal } from 'virtual:landfall-catalogs';
import type enPortal from '@landfall/i18n/en/portal.json';
import type { LocaleInfo } from './locales';
import type { Messages } from './message';

/** Every key of the portal's own texts; one that is not in the catalogs does not compile. */
export type MessageKey = keyof typeof enPortal;

/** The portal's own texts. Rejects when the chunk can be had neither from the network nor from the cache. */
export async function loadPortalTexts(locale: LocaleInfo, signal: AbortSignal): Promise<Messages> {
  return load(portal, locale, signal);
}

/** Texts of problem and finding codes: needed only once something is wrong, so they come after the first page. */
export async function loadDetailTexts(locale: LocaleInfo, signal: AbortSignal): Promise<Messages> {
  return load(details, locale, signal);
}

async function load(
  loaders: typeof portal,
  locale: LocaleInfo,
  signal: AbortSignal,
): Promise<Messages> {
  const loader = loaders[locale.tag];
  if (!loader) throw new Error(`no catalog was built for ${locale.tag}`);
  const catalog = await loader();
  signal.throwIfAborted();
  // The plugin compiled it with compileMessage(), so it is what it says.
  return catalog.messages as Messages;
}
