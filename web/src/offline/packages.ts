/** Form packages, their texts and the signed index: public, kept for use without a network, checked before use. */

import { ProblemError } from '../engine/problem';
import { fetchContent, fetchIndex } from '../api/packages';
import { formatInstant } from './clock';
import type { Core, PackageIndex } from '../engine/core';
import type { FormListing, FormTexts } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import type { Database } from './database';
import type { PublicRecord } from './records';

type Bytes = Uint8Array<ArrayBuffer>;

export interface StoredPackage {
  readonly bytes: Bytes;
  readonly signature: string;
}

interface PackageParts {
  readonly form: {
    readonly settings: { readonly default_language: string; readonly title?: string };
  };
  readonly texts: Readonly<Record<string, { readonly digest: string; readonly size: number }>>;
}

export type IndexState = 'missing' | 'fresh' | 'expired';

export interface Packages {
  /** Reads the stored index; it is checked like a fetched one. */
  readonly restore: () => Promise<void>;
  readonly indexState: () => IndexState;
  readonly index: () => PackageIndex | null;
  /**
   * Fetches the index and what it names, as far as the phone lacks it, with texts for `locale`.
   * Answers whether anything changed.
   *
   * Problems: those of the network, index_signature_wrong and its like from the core, index_stale.
   */
  readonly refresh: (locale: string, signal: AbortSignal) => Promise<boolean>;
  readonly list: (locale: string) => Promise<readonly FormListing[]>;
  /** The package, verified now. Problems: package_missing, package_digest_wrong, the core's codes. */
  readonly load: (digest: string, signal: AbortSignal) => Promise<StoredPackage>;
  /** Its texts in `locale`, else in its default language. Problems: texts_missing. */
  readonly texts: (digest: string, locale: string, signal: AbortSignal) => Promise<FormTexts>;
  /** Every text file of the package that lies on this phone, by digest. */
  readonly storedTexts: (digest: string) => Promise<ReadonlyMap<string, Bytes>>;
  /** Keeps a package that came in a draft file, after checking its signature. */
  readonly adopt: (stored: StoredPackage, texts: readonly Bytes[]) => Promise<string>;
  /** age recipients of the case office to seal to now. Problems: index_missing. */
  readonly recipients: () => readonly string[];
  /** How far the phone's clock is behind the server's, milliseconds; null when never measured. */
  readonly clockOffset: () => Promise<number | null>;
}

const kIndexRecord = 'index';
const kClockRecord = 'clock';

function parsePackage(bytes: Bytes): PackageParts {
  return JSON.parse(new TextDecoder().decode(bytes)) as PackageParts;
}

export function openPackages(database: Database, core: Core, around: Surroundings): Packages {
  let index: PackageIndex | null = null;

  const read = (name: string): Promise<PublicRecord | undefined> =>
    database.run((connection) => connection.get('public', name));
  const write = async (name: string, record: PublicRecord): Promise<void> => {
    await database.run((connection) => connection.put('public', record, name));
  };

  const verifyIndex = (jws: string, minSerial: number): PackageIndex => {
    if (around.trust.root_key === '') throw new ProblemError('root_key_missing');
    const now = formatInstant(around.now());
    return core.verifyIndex(jws, { ...around.trust, now, min_serial: minSerial }).index;
  };

  const checkPackage = (stored: StoredPackage, digest: string): StoredPackage => {
    if (core.verifyPackage(stored.bytes, stored.signature, around.trust) !== digest) {
      throw new ProblemError('package_digest_wrong');
    }
    return stored;
  };

  const fetchTexts = async (digest: string, signal: AbortSignal): Promise<Bytes> => {
    const bytes = await fetchContent(around.fetch, around.server, digest, signal);
    if (core.sha256(bytes) !== digest) throw new ProblemError('texts_digest_wrong');
    await write(`texts:${digest}`, { kind: 'texts', bytes });
    return bytes;
  };

  /** Null without a network: another language may lie on the phone. */
  const fetchedText = async (digest: string, signal: AbortSignal): Promise<Bytes | null> => {
    try {
      return await fetchTexts(digest, signal);
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      return null;
    }
  };

  const storedText = async (digest: string): Promise<Bytes | null> => {
    const record = await read(`texts:${digest}`);
    if (record?.kind !== 'texts' || core.sha256(record.bytes) !== digest) return null;
    return record.bytes;
  };

  const storedPackage = async (digest: string): Promise<StoredPackage | null> => {
    const record = await read(`package:${digest}`);
    return record?.kind === 'package' ? record : null;
  };

  const fetchPackage = async (digest: string, signal: AbortSignal): Promise<StoredPackage> => {
    const entry = index?.packages.find((candidate) => candidate.digest === digest);
    if (entry === undefined) throw new ProblemError('package_missing');
    const bytes = await fetchContent(around.fetch, around.server, digest, signal);
    const stored = checkPackage({ bytes, signature: entry.signature }, digest);
    await write(`package:${digest}`, { kind: 'package', ...stored });
    return stored;
  };

  const load: Packages['load'] = async (digest, signal) => {
    const stored = await storedPackage(digest);
    return stored === null ? fetchPackage(digest, signal) : checkPackage(stored, digest);
  };

  const textDigests = (parts: PackageParts, locale: string): string[] => {
    const wanted = [locale, parts.form.settings.default_language];
    return wanted.flatMap((name) => parts.texts[name]?.digest ?? []);
  };

  const noteClock = async (serverTime: number | null, started: number): Promise<void> => {
    if (serverTime === null) return;
    // The header is cut to whole seconds and was written somewhere between asking and hearing.
    const middle = (started + around.now().getTime()) / 2;
    const offset_ms = Math.round(serverTime + 500 - middle);
    await write(kClockRecord, { kind: 'clock', offset_ms });
  };

  const refreshIndex = async (signal: AbortSignal): Promise<boolean> => {
    const started = around.now().getTime();
    const answer = await fetchIndex(around.fetch, around.server, signal);
    const held = index?.serial ?? 0;
    const fetched = verifyIndex(answer.jws, held);
    if (fetched.serial < held) throw new ProblemError('index_stale');
    await noteClock(answer.serverTime, started);
    const changed = fetched.serial > held || index === null;
    index = fetched;
    await write(kIndexRecord, { kind: 'index', jws: answer.jws, serial: fetched.serial });
    return changed;
  };

  const textOf = async (stored: StoredPackage, locale: string): Promise<FormTexts | null> => {
    for (const digest of textDigests(parsePackage(stored.bytes), locale)) {
      const bytes = await storedText(digest);
      if (bytes !== null) return JSON.parse(new TextDecoder().decode(bytes)) as FormTexts;
    }
    return null;
  };

  return {
    restore: async () => {
      const record = await read(kIndexRecord);
      if (record?.kind !== 'index') return;
      try {
        index = verifyIndex(record.jws, 0);
      } catch (cause) {
        // Of another trust anchor or damaged: as good as none, a fetched one takes its place.
        if (!(cause instanceof ProblemError)) throw cause;
      }
    },
    indexState: () => {
      if (index === null) return 'missing';
      return Date.parse(index.expires) < around.now().getTime() ? 'expired' : 'fresh';
    },
    index: () => index,
    refresh: async (locale, signal) => {
      let changed = await refreshIndex(signal);
      for (const { digest } of index?.packages ?? []) {
        const stored = await storedPackage(digest);
        const { bytes } = stored ?? (await fetchPackage(digest, signal));
        changed ||= stored === null;
        for (const text of textDigests(parsePackage(bytes), locale)) {
          if ((await storedText(text)) !== null) continue;
          await fetchTexts(text, signal);
          changed = true;
        }
      }
      return changed;
    },
    list: async (locale) => {
      const listings: FormListing[] = [];
      for (const { form_id, version, digest } of index?.packages ?? []) {
        const stored = await storedPackage(digest);
        const texts = stored === null ? null : await textOf(stored, locale);
        const key = stored === null ? '' : (parsePackage(stored.bytes).form.settings.title ?? '');
        const title = texts?.[key] ?? form_id;
        listings.push({ form_id, version, digest, title, offline: texts !== null });
      }
      return listings;
    },
    load,
    texts: async (digest, locale, signal) => {
      const stored = await load(digest, signal);
      for (const text of textDigests(parsePackage(stored.bytes), locale)) {
        const bytes = (await storedText(text)) ?? (await fetchedText(text, signal));
        if (bytes !== null) return JSON.parse(new TextDecoder().decode(bytes)) as FormTexts;
      }
      throw new ProblemError('texts_missing');
    },
    storedTexts: async (digest) => {
      const stored = await storedPackage(digest);
      const found = new Map<string, Bytes>();
      if (stored === null) return found;
      for (const { digest: text } of Object.values(parsePackage(stored.bytes).texts)) {
        const bytes = await storedText(text);
        if (bytes !== null) found.set(text, bytes);
      }
      return found;
    },
    adopt: async (stored, texts) => {
      const digest = core.verifyPackage(stored.bytes, stored.signature, around.trust);
      await write(`package:${digest}`, { kind: 'package', ...stored });
      for (const bytes of texts) {
        await write(`texts:${core.sha256(bytes)}`, { kind: 'texts', bytes });
      }
      return digest;
    },
    recipients: () => {
      const offices = index?.recipients['case_office'] ?? [];
      if (offices.length === 0) throw new ProblemError('index_missing');
      const now = formatInstant(around.now());
      const valid = offices.filter((o) => o.not_before <= now && now <= o.not_after);
      // A phone that was offline for long, or whose clock is wrong, still seals: the server asks to
      // seal again if it must. Refusing here would lock the person out.
      return (valid.length > 0 ? valid : offices).map(({ recipient }) => recipient);
    },
    clockOffset: async () => {
      const record = await read(kClockRecord);
      return record?.kind === 'clock' ? record.offset_ms : null;
    },
  };
}
