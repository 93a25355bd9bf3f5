/** Where packages, texts and the index lie in this browser, each checked again when it is read. */

import { ProblemError } from '../engine/problem';
import type { Core } from '../engine/core';
import type { Database } from './database';
import type { PublicRecord } from './records';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface StoredPackage {
  readonly bytes: Bytes;
  readonly signature: string;
}

/** The index with the certificates that it is believed by, where its root key is not the build's own. */
export type StoredIndex = Extract<PublicRecord, { readonly kind: 'index' }>;

/** What this side reads of a published package; the rest is the engine's. */
export interface PackageParts {
  readonly form: {
    readonly settings: {
      readonly form_id: string;
      readonly default_language: string;
      readonly title?: string;
    };
  };
  readonly texts: Readonly<Record<string, { readonly digest: string; readonly size: number }>>;
}

export interface PackageStore {
  readonly index: () => Promise<StoredIndex | null>;
  readonly keepIndex: (
    jws: string,
    serial: number,
    certificates: readonly string[],
  ) => Promise<void>;
  /** Null when it is not here. Problems: package_digest_wrong, the core's codes. */
  readonly package: (digest: string) => Promise<StoredPackage | null>;
  /** The forms of which some version lies here. Not checked: it only says what else is worth fetching. */
  readonly formIds: () => Promise<ReadonlySet<string>>;
  /** Checks the signature first. Problems: package_digest_wrong, the core's codes. */
  readonly keepPackage: (stored: StoredPackage, digest: string | null) => Promise<string>;
  /** Null when it is not here, or damaged. */
  readonly texts: (digest: string) => Promise<Bytes | null>;
  /** Problems: texts_digest_wrong. */
  readonly keepTexts: (bytes: Bytes, digest: string | null) => Promise<void>;
  readonly clockOffset: () => Promise<number | null>;
  readonly keepClockOffset: (offset_ms: number) => Promise<void>;
}

export function parsePackage(bytes: Bytes): PackageParts {
  return JSON.parse(new TextDecoder().decode(bytes)) as PackageParts;
}

export function openPackageStore(database: Database, core: Core, rootKey: string): PackageStore {
  const read = (name: string): Promise<PublicRecord | undefined> =>
    database.run((connection) => connection.get('public', name));
  const write = async (name: string, record: PublicRecord): Promise<void> => {
    await database.run((connection) => connection.put('public', record, name));
  };
  const check = (stored: StoredPackage, digest: string | null): string => {
    const found = core.verifyPackage(stored.bytes, stored.signature, rootKey);
    if (digest !== null && found !== digest) throw new ProblemError('package_digest_wrong');
    return found;
  };
  return {
    index: async () => {
      const record = await read('index');
      return record?.kind === 'index' ? record : null;
    },
    keepIndex: (jws, serial, certificates) =>
      write('index', {
        ...{ kind: 'index', jws, serial },
        ...(certificates.length === 0 ? {} : { certificates }),
      }),
    package: async (digest) => {
      const record = await read(`package:${digest}`);
      if (record?.kind !== 'package') return null;
      check(record, digest);
      return record;
    },
    formIds: async () => {
      const range = IDBKeyRange.bound('package:', 'package;');
      const records = await database.run((connection) => connection.getAll('public', range));
      return new Set(
        records.flatMap((record) =>
          record.kind === 'package' ? [parsePackage(record.bytes).form.settings.form_id] : [],
        ),
      );
    },
    keepPackage: async (stored, digest) => {
      const found = check(stored, digest);
      await write(`package:${found}`, { kind: 'package', ...stored });
      return found;
    },
    texts: async (digest) => {
      const record = await read(`texts:${digest}`);
      if (record?.kind !== 'texts' || core.sha256(record.bytes) !== digest) return null;
      return record.bytes;
    },
    keepTexts: async (bytes, digest) => {
      const found = core.sha256(bytes);
      if (digest !== null && found !== digest) throw new ProblemError('texts_digest_wrong');
      await write(`texts:${found}`, { kind: 'texts', bytes });
    },
    clockOffset: async () => {
      const record = await read('clock');
      return record?.kind === 'clock' ? record.offset_ms : null;
    },
    keepClockOffset: (offset_ms) => write('clock', { kind: 'clock', offset_ms }),
  };
}
