/** Form packages, their texts and the signed index: public, kept for use without a network, checked before use. */

import { ProblemError } from '../engine/problem';
import { fetchCertificates, fetchContent, fetchIndex } from '../api/packages';
import type { IndexAnswer } from '../api/packages';
import type { AgencyRoots } from './agency-roots';
import { formatInstant } from './clock';
import { openPackageStore, parsePackage } from './package-store';
import type { Core, PackageIndex } from '../engine/core';
import type { FormListing, FormTexts } from '../engine/protocol';
import type { AgencyRoot, Surroundings } from '../engine/surroundings';
import type { Database } from './database';
import type { Bytes, PackageParts, PackageStore, StoredPackage } from './package-store';

export type { StoredPackage } from './package-store';

export type IndexState = 'missing' | 'fresh' | 'expired';

export interface Packages {
  /** Reads the stored index; it is checked like a fetched one. */
  readonly restore: () => Promise<void>;
  readonly indexState: () => IndexState;
  readonly index: () => PackageIndex | null;
  /** The certificates between the agency's root keys that came with the index. */
  readonly certificates: () => readonly string[];
  /** The root keys that speak for the agency, those that may publish first. */
  readonly roots: () => readonly AgencyRoot[];
  /**
   * Fetches the index. Answers whether it is a newer one.
   *
   * Problems: those of the network, root_key_missing, the core's codes (`index_rollback`, …).
   */
  readonly refreshIndex: (signal: AbortSignal) => Promise<boolean>;
  /**
   * Fetches what is used here and lacking: the forms this phone has had in some version, or the first of
   * the list where there is none, with texts for `locale`. Answers whether anything was fetched.
   *
   * Problems: those of the network, the core's codes.
   */
  readonly fetchUsed: (locale: string, signal: AbortSignal) => Promise<boolean>;
  /** Fetches the next form of the list that is lacking; false when none is. Problems: as fetchUsed. */
  readonly fetchNext: (locale: string, signal: AbortSignal) => Promise<boolean>;
  readonly list: (locale: string) => Promise<readonly FormListing[]>;
  /** The package, verified now. Problems: package_missing, package_digest_wrong, the core's codes. */
  readonly load: (digest: string, signal: AbortSignal) => Promise<StoredPackage>;
  /** Its texts in `locale`, else in its default language. Problems: texts_missing. */
  readonly texts: (digest: string, locale: string, signal: AbortSignal) => Promise<FormTexts>;
  /** Every text file of the package that lies on this phone, by digest. */
  readonly storedTexts: (digest: string) => Promise<ReadonlyMap<string, Bytes>>;
  /** Keeps a package that came in a draft file, after checking its signature. */
  readonly adopt: (stored: StoredPackage, texts: readonly Bytes[]) => Promise<void>;
  /** age recipients of the case office to seal to now. Problems: index_missing. */
  readonly recipients: () => readonly string[];
  /** How far the phone's clock is behind the server's, milliseconds; null when never measured. */
  readonly clockOffset: () => Promise<number | null>;
}

interface Shelf {
  readonly store: PackageStore;
  readonly core: Core;
  readonly around: Surroundings;
  readonly roots: AgencyRoots;
  index: PackageIndex | null;
  certificates: readonly string[];
  /** What is just being fetched, by digest. */
  readonly underway: Map<string, Promise<Bytes>>;
}

/** Rejects as soon as nobody waits any more; `work` itself goes on. */
function whileWanted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new ProblemError('cancelled'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}

/** Two that want the same bytes share one request, which does not end because one of them gave up. */
function content({ around, underway }: Shelf, digest: string, signal: AbortSignal): Promise<Bytes> {
  let fetching = underway.get(digest);
  if (fetching === undefined) {
    const ownSignal = new AbortController().signal;
    fetching = fetchContent(around.fetch, around.server, digest, ownSignal);
    underway.set(digest, fetching);
    const forget = (): void => void underway.delete(digest);
    fetching.then(forget, forget);
  }
  return whileWanted(fetching, signal);
}

async function verifyIndex(
  shelf: Shelf,
  jws: string,
  certificates: readonly string[],
  { min_serial, past }: { readonly min_serial: number; readonly past: boolean },
): Promise<PackageIndex> {
  const { rootKey, now } = shelf.around;
  if (rootKey === '') throw new ProblemError('root_key_missing');
  const expected = { now: formatInstant(now()), min_serial };
  return shelf.roots.verifyIndex(jws, certificates, expected, past);
}

async function restore(shelf: Shelf): Promise<void> {
  const stored = await shelf.store.index();
  if (stored === null) return;
  const { jws, certificates = [] } = stored;
  try {
    // Of a root that this build no longer publishes by, it still says what lies on this phone.
    shelf.index = await verifyIndex(shelf, jws, certificates, { min_serial: 0, past: true });
    shelf.certificates = certificates;
  } catch (cause) {
    // Of another trust anchor or damaged: as good as none, a fetched one takes its place.
    if (!(cause instanceof ProblemError)) throw cause;
  }
}

/** Asks for the certificates where the server says that there are some, or a root is not known here. */
async function verifyFetched(
  shelf: Shelf,
  { jws, certified }: IndexAnswer,
  min_serial: number,
  signal: AbortSignal,
): Promise<PackageIndex> {
  const fetchThem = async (): Promise<readonly string[]> => {
    try {
      const { fetch: fetcher, server } = shelf.around;
      return await fetchCertificates(fetcher, server, signal);
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      return [];
    }
  };
  const verify = (certificates: readonly string[]): Promise<PackageIndex> =>
    verifyIndex(shelf, jws, certificates, { min_serial, past: false });
  let certificates = certified ? await fetchThem() : [];
  if (certificates.length === 0) certificates = shelf.certificates;
  let index: PackageIndex;
  try {
    index = await verify(certificates);
  } catch (cause) {
    if (certified || !(cause instanceof ProblemError) || cause.code !== 'index_not_genuine')
      throw cause;
    certificates = await fetchThem();
    if (certificates.length === 0) throw cause;
    index = await verify(certificates);
  }
  shelf.certificates = certificates;
  return index;
}

/** Digests of the texts to look for, the best first; any language is better than none. */
function textDigests(parts: PackageParts, locale: string): string[] {
  // Who reads one Chinese script reads the other better than English; everybody else gets English first.
  const second = locale.startsWith('zh') ? 'zh-Hant' : 'en';
  const first = [locale, second, parts.form.settings.default_language];
  const wanted = new Set([...first, ...Object.keys(parts.texts)]);
  return [...wanted].flatMap((name) => parts.texts[name]?.digest ?? []);
}

async function fetchTexts(shelf: Shelf, digest: string, signal: AbortSignal): Promise<Bytes> {
  const bytes = await content(shelf, digest, signal);
  await shelf.store.keepTexts(bytes, digest);
  return bytes;
}

async function fetchPackage(
  shelf: Shelf,
  digest: string,
  signal: AbortSignal,
): Promise<StoredPackage> {
  const entry = shelf.index?.packages.find((candidate) => candidate.digest === digest);
  if (entry === undefined) throw new ProblemError('package_missing');
  const bytes = await content(shelf, digest, signal);
  const stored = { bytes, signature: entry.signature };
  await shelf.store.keepPackage(stored, digest);
  return stored;
}

async function load(shelf: Shelf, digest: string, signal: AbortSignal): Promise<StoredPackage> {
  return (await shelf.store.package(digest)) ?? fetchPackage(shelf, digest, signal);
}

async function noteClock(shelf: Shelf, serverTime: number | null, asked: number): Promise<void> {
  if (serverTime === null) return;
  // The header is cut to whole seconds and was written somewhere between asking and hearing.
  const middle = (asked + shelf.around.now().getTime()) / 2;
  await shelf.store.keepClockOffset(Math.round(serverTime + 500 - middle));
}

async function refreshIndex(shelf: Shelf, signal: AbortSignal): Promise<boolean> {
  const { around, store } = shelf;
  const asked = around.now().getTime();
  const answer = await fetchIndex(around.fetch, around.server, signal);
  const held = shelf.index?.serial ?? 0;
  const fetched = await verifyFetched(shelf, answer, held, signal);
  await noteClock(shelf, answer.serverTime, asked);
  const changed = shelf.index === null || fetched.serial > held;
  shelf.index = fetched;
  await store.keepIndex(answer.jws, fetched.serial, shelf.certificates);
  return changed;
}

/** Fetches package and texts as far as they are lacking; whether they were. */
async function complete(
  shelf: Shelf,
  digest: string,
  locale: string,
  signal: AbortSignal,
): Promise<boolean> {
  const stored = await shelf.store.package(digest);
  const { bytes } = stored ?? (await fetchPackage(shelf, digest, signal));
  const [text] = textDigests(parsePackage(bytes), locale);
  if (text === undefined || (await shelf.store.texts(text)) !== null) return stored === null;
  await fetchTexts(shelf, text, signal);
  return true;
}

async function fetchUsed(shelf: Shelf, locale: string, signal: AbortSignal): Promise<boolean> {
  const packages = shelf.index?.packages ?? [];
  const known = await shelf.store.formIds();
  const used = packages.filter(({ form_id }) => known.has(form_id));
  let changed = false;
  for (const { digest } of used.length > 0 ? used : packages.slice(0, 1)) {
    changed = (await complete(shelf, digest, locale, signal)) || changed;
  }
  return changed;
}

async function fetchNext(shelf: Shelf, locale: string, signal: AbortSignal): Promise<boolean> {
  for (const { digest } of shelf.index?.packages ?? []) {
    if (await complete(shelf, digest, locale, signal)) return true;
  }
  return false;
}

async function storedTextsFor(
  shelf: Shelf,
  stored: StoredPackage,
  locale: string,
): Promise<FormTexts | null> {
  for (const digest of textDigests(parsePackage(stored.bytes), locale)) {
    const bytes = await shelf.store.texts(digest);
    if (bytes !== null) return JSON.parse(new TextDecoder().decode(bytes)) as FormTexts;
  }
  return null;
}

async function list(shelf: Shelf, locale: string): Promise<readonly FormListing[]> {
  const listings: FormListing[] = [];
  for (const { form_id, version, digest } of shelf.index?.packages ?? []) {
    const stored = await shelf.store.package(digest);
    const texts = stored === null ? null : await storedTextsFor(shelf, stored, locale);
    const key = stored === null ? '' : (parsePackage(stored.bytes).form.settings.title ?? '');
    listings.push({
      form_id,
      version,
      digest,
      title: texts?.[key] ?? form_id,
      offline: texts !== null,
    });
  }
  return listings;
}

async function texts(
  shelf: Shelf,
  digest: string,
  locale: string,
  signal: AbortSignal,
): Promise<FormTexts> {
  const stored = await load(shelf, digest, signal);
  const [best] = textDigests(parsePackage(stored.bytes), locale);
  if (best !== undefined && (await shelf.store.texts(best)) === null) {
    try {
      await fetchTexts(shelf, best, signal);
    } catch (cause) {
      // Without a network the form's own language may still lie on the phone.
      if (!(cause instanceof ProblemError)) throw cause;
    }
  }
  const found = await storedTextsFor(shelf, stored, locale);
  if (found === null) throw new ProblemError('texts_missing');
  return found;
}

async function storedTexts(shelf: Shelf, digest: string): Promise<ReadonlyMap<string, Bytes>> {
  const stored = await shelf.store.package(digest);
  const found = new Map<string, Bytes>();
  if (stored === null) return found;
  for (const entry of Object.values(parsePackage(stored.bytes).texts)) {
    const bytes = await shelf.store.texts(entry.digest);
    if (bytes !== null) found.set(entry.digest, bytes);
  }
  return found;
}

function recipients(shelf: Shelf): readonly string[] {
  const offices = shelf.index?.recipients['case_office'] ?? [];
  if (offices.length === 0) throw new ProblemError('index_missing');
  const now = formatInstant(shelf.around.now());
  const valid = offices.filter((office) => office.not_before <= now && now <= office.not_after);
  // A phone that was offline for long, or whose clock is wrong, still seals: the server asks to seal
  // again if it must. Refusing here would lock the person out.
  return (valid.length > 0 ? valid : offices).map(({ recipient }) => recipient);
}

/** @param roots whose core checks the packages */
export function openPackages(
  database: Database,
  roots: AgencyRoots,
  around: Surroundings,
): Packages {
  const { core } = roots;
  const store = openPackageStore(database, core, around.rootKey);
  const shelf: Shelf = {
    ...{ store, core, around, roots },
    index: null,
    certificates: [],
    underway: new Map(),
  };
  return {
    restore: () => restore(shelf),
    indexState: () => {
      if (shelf.index === null) return 'missing';
      return Date.parse(shelf.index.expires) < around.now().getTime() ? 'expired' : 'fresh';
    },
    index: () => shelf.index,
    certificates: () => shelf.certificates,
    roots: roots.known,
    refreshIndex: (signal) => refreshIndex(shelf, signal),
    fetchUsed: (locale, signal) => fetchUsed(shelf, locale, signal),
    fetchNext: (locale, signal) => fetchNext(shelf, locale, signal),
    list: (locale) => list(shelf, locale),
    load: (digest, signal) => load(shelf, digest, signal),
    texts: (digest, locale, signal) => texts(shelf, digest, locale, signal),
    storedTexts: (digest) => storedTexts(shelf, digest),
    adopt: async (stored, carried) => {
      await store.keepPackage(stored, null);
      for (const bytes of carried) await store.keepTexts(bytes, null);
    },
    recipients: () => recipients(shelf),
    clockOffset: store.clockOffset,
  };
}
