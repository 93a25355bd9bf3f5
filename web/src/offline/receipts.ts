/** Receipts: accepted only when genuine, kept sealed, checked again whenever they are shown. */

import { ProblemError } from '../engine/problem';
import type { Core, GenuineReceipt, PackageIndex } from '../engine/core';
import type { Receipt, Told } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import { formatInstant } from './clock';
import { openJson, readOwn, sealJson } from './sealed-json';
import { kDurable } from './database';
import type { Database } from './database';
import type { OutboxRecord, ReceiptContents, SealedRecord } from './records';
import { sameBytes } from './vault';
import type { Vault } from './vault';

export interface AcceptedReceipt {
  readonly sealed: SealedRecord;
  /** It is the short one of a QR code: the whole one may take its place. */
  readonly short: boolean;
}

export interface Receipts {
  /**
   * Checks that `jws`, whole or short, is a receipt for this very item and seals it to its owner; no
   * key is needed.
   *
   * Problems: receipt_not_genuine.
   */
  readonly accept: (item: OutboxRecord, jws: string) => AcceptedReceipt;
  /** What `jws` says, when it is genuine and for the manifest of that digest. Problems: receipt_not_genuine. */
  readonly genuine: (jws: string, manifest_sha256: string) => GenuineReceipt;
  /** Asks for the newest index: the key of a receipt may have come since. Never fails. */
  readonly renew: () => Promise<void>;
  /**
   * Keeps what the case office said with the receipts of that submission, unless a later word lies there.
   * Problems: vault_locked, storage_full.
   */
  readonly keepTold: (submissionId: string, told: Told) => Promise<'kept' | 'known'>;
  /**
   * The newest receipt of each submission of the open person, with those of before and what the check
   * says now. Problems: vault_locked.
   */
  readonly list: () => Promise<readonly Receipt[]>;
}

/** What a kept receipt says, as the check of this moment found it. */
function presented(contents: ReceiptContents, checked: GenuineReceipt | null): Receipt {
  const { submission_id, form_id, manifest_sha256, jws } = contents;
  return {
    submission_id,
    form_id,
    manifest_sha256,
    jws,
    short_jws: checked?.short ?? '',
    case_number: checked?.case_number ?? '',
    received_at: checked?.received_at ?? '',
    amount_due: checked?.amount_due ?? { amount: 0, currency: '' },
    genuine: checked !== null,
    told: contents.told ?? null,
  };
}

/** What is genuine first, then what is newer. */
function isBefore(a: Receipt, b: Receipt): number {
  if (a.genuine !== b.genuine) return a.genuine ? -1 : 1;
  return a.received_at < b.received_at ? 1 : -1;
}

/** The newest of each submission, with the others beside it: after a restore of the log there are several. */
function bySubmission(receipts: readonly Receipt[]): readonly Receipt[] {
  const groups = new Map<string, Receipt[]>();
  for (const receipt of receipts) {
    const group = groups.get(receipt.submission_id) ?? [];
    groups.set(receipt.submission_id, [...group, receipt]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [newest, ...earlier] = group.sort(isBefore);
      if (newest === undefined) return [];
      return [earlier.length === 0 ? newest : { ...newest, earlier }];
    })
    .sort((a, b) => (a.submission_id < b.submission_id ? 1 : -1));
}

async function keepTold(
  database: Database,
  core: Core,
  vault: Vault,
  submissionId: string,
  told: Told,
): Promise<'kept' | 'known'> {
  const keys = vault.keys();
  let outcome: 'kept' | 'known' = 'known';
  for (const [name, record] of await readOwn(database, 'receipts', vault.owns)) {
    const contents = openJson(core, keys, record) as ReceiptContents;
    if (contents.submission_id !== submissionId) continue;
    if ((contents.told?.counter ?? 0) >= told.counter) continue;
    const sealed = sealJson(core, keys.age_recipient, { ...contents, told });
    await database.run(async (connection) => {
      const transaction = connection.transaction('receipts', 'readwrite', kDurable);
      // Wiped, replaced by the whole one, or told by another tab, meanwhile: the next occasion asks again.
      const present = await transaction.store.get(name);
      if (present !== undefined && sameBytes(present.sealed, record.sealed)) {
        await transaction.store.put(sealed, name);
        outcome = 'kept';
      }
      await transaction.done;
    });
  }
  return outcome;
}

type ReceiptKeys = PackageIndex['receipt_keys'];

/**
 * @param index what the agency published last, as far as this phone knows: its keys, the revoked ones.
 * @param renew brings what it published since
 */
export function openReceipts(
  database: Database,
  core: Core,
  vault: Vault,
  around: Surroundings,
  index: () => PackageIndex | null,
  renew: () => Promise<void>,
): Receipts {
  const knownKeys = (): ReceiptKeys => index()?.receipt_keys ?? [];

  const verify = (
    jws: string,
    manifest_sha256: string,
    receipt_keys: ReceiptKeys,
  ): GenuineReceipt | null => {
    try {
      const receipt = core.verifyReceipt(jws, {
        rootKey: around.rootKey,
        now: formatInstant(around.now()),
        manifest_sha256,
        revoked: index()?.revoked ?? [],
        receipt_keys,
      });
      return receipt.manifest_sha256 === manifest_sha256 ? receipt : null;
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      return null;
    }
  };

  const genuine = (jws: string, manifest_sha256: string): GenuineReceipt => {
    const receipt = verify(jws, manifest_sha256, knownKeys());
    if (receipt === null) throw new ProblemError('receipt_not_genuine');
    return receipt;
  };

  const present = (contents: ReceiptContents): Receipt => {
    const { jws, manifest_sha256, receipt_keys = [] } = contents;
    return presented(contents, verify(jws, manifest_sha256, [...knownKeys(), ...receipt_keys]));
  };

  return {
    accept: (item, jws) => {
      const { submission_id, form_id, manifest_sha256, age_recipient } = item;
      const short = !genuine(jws, manifest_sha256).logged;
      const whole: ReceiptContents = { submission_id, form_id, manifest_sha256, jws };
      const contents = short ? { ...whole, receipt_keys: knownKeys() } : whole;
      return { sealed: sealJson(core, age_recipient, contents), short };
    },
    genuine,
    renew,
    keepTold: (submissionId, told) => keepTold(database, core, vault, submissionId, told),
    list: async () => {
      const keys = vault.keys();
      const records = await readOwn(database, 'receipts', vault.owns);
      return bySubmission(
        records.map(([, record]) => present(openJson(core, keys, record) as ReceiptContents)),
      );
    },
  };
}
