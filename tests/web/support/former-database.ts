/** A browser's database as builds that knew one person left it: version 1, the key record called `device`. */

import { randomBytes } from 'node:crypto';
import type { Keys } from '../../../web/src/engine/core';
import { sealJson } from '../../../web/src/offline/sealed-json';
import type { DraftContents } from '../../../web/src/offline/records';
import { freshCore } from './phone';
import type { Phone } from './phone';

const kStores = ['keys', 'drafts', 'files', 'outbox', 'receipts', 'public'];

function opened(phone: Phone, version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(phone.databaseName, version);
    request.onupgradeneeded = () => {
      for (const store of kStores) request.result.createObjectStore(store);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('the database does not open'));
  });
}

/** The one draft that lies in it. */
export const kFormerDraft: DraftContents = {
  draft_id: 'a-draft-of-before',
  generation: 3,
  form_id: 'test-form',
  version: '1',
  digest: '0'.repeat(64),
  started_at: '2026-10-01T08:00:00Z',
  saved_at: '2026-10-02T08:00:00Z',
  answers: { person: { name: 'Tan Mei-Ling' } },
  answered: 1,
  questions: 2,
  attachments: [],
  submission_id: null,
};

export interface Former {
  readonly keys: Keys;
  /** A chunk that no draft names: it is swept. */
  readonly looseChunk: string;
}

/** Makes it: one person with one draft, the vault `locked` or not. */
export async function makeFormerDatabase(phone: Phone, locked: boolean): Promise<Former> {
  const core = await freshCore();
  const root = new Uint8Array(randomBytes(32));
  const iv = new Uint8Array(randomBytes(12));
  const wrapping_key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const wrapped_root = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping_key, root);
  const keys = core.deriveKeys(root);
  const { age_recipient } = keys;
  const record = { wrapping_key, iv, wrapped_root, age_recipient, locked };
  const draft = sealJson(core, age_recipient, kFormerDraft);
  const looseChunk = 'a-loose-chunk-of-before';

  const database = await opened(phone, 1);
  const transaction = database.transaction(['keys', 'drafts', 'files'], 'readwrite');
  transaction.objectStore('keys').put(record, 'device');
  transaction.objectStore('drafts').put(draft, 'a-draft-record-of-before');
  transaction.objectStore('files').put(new Uint8Array(10), looseChunk);
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(new Error('not written'));
  });
  database.close();
  return { keys, looseChunk };
}

/** What the database says its version is. */
export async function databaseVersion(phone: Phone): Promise<number> {
  const known = await indexedDB.databases();
  return known.find(({ name }) => name === phone.databaseName)?.version ?? 0;
}
