/** Receipts: accepted only when genuine, kept sealed, checked again whenever they are shown. */

import { ProblemError } from '../engine/problem';
import type { Core, GenuineReceipt, PackageIndex } from '../engine/core';
import type { CheckedReceipt, Receipt } from '../engine/protocol';
import type { Surroundings } from '../engine/surroundings';
import { formatInstant } from './clock';
import { openJson, sealJson } from './sealed-json';
import type { Database } from './database';
import type { OutboxRecord, ReceiptContents, SealedRecord } from './records';
import type { Vault } from './vault';

export interface Receipts {
  /**
   * Checks that `jws` is a receipt for this very item and seals it to its owner; no key is needed.
   *
   * Problems: receipt_not_genuine.
   */
  readonly accept: (item: OutboxRecord, jws: string) => SealedRecord;
  /** Whether `jws` is anybody's genuine receipt; needs no vault and keeps nothing. */
  readonly check: (jws: string) => CheckedReceipt;
  /** Every receipt, with what the check says now. Problems: vault_locked. */
  readonly list: () => Promise<readonly Receipt[]>;
}

/** @param index what the agency published last, as far as this phone knows: its keys, the revoked ones. */
export function openReceipts(
  database: Database,
  core: Core,
  vault: Vault,
  around: Surroundings,
  index: () => PackageIndex | null,
): Receipts {
  const verify = (jws: string, manifest_sha256: string): GenuineReceipt | null => {
    try {
      const receipt = core.verifyReceipt(jws, {
        rootKey: around.rootKey,
        now: formatInstant(around.now()),
        manifest_sha256,
        revoked: index()?.revoked ?? [],
      });
      return receipt.manifest_sha256 === manifest_sha256 ? receipt : null;
    } catch (cause) {
      if (!(cause instanceof ProblemError)) throw cause;
      return null;
    }
  };

  const present = (contents: ReceiptContents): Receipt => {
    const { submission_id, form_id, manifest_sha256, jws } = contents;
    const checked = verify(jws, manifest_sha256);
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
    };
  };

  return {
    accept: (item, jws) => {
      if (verify(jws, item.manifest_sha256) === null) throw new ProblemError('receipt_not_genuine');
      const { submission_id, form_id, manifest_sha256, age_recipient } = item;
      const contents: ReceiptContents = { submission_id, form_id, manifest_sha256, jws };
      return sealJson(core, age_recipient, contents);
    },
    check: (jws) => {
      try {
        const { receipt_keys = [], revoked = [] } = index() ?? {};
        const now = formatInstant(around.now());
        const expected = { rootKey: around.rootKey, now, receipt_keys, revoked };
        const found = core.verifyReceipt(jws, expected);
        const { case_number, received_at, amount_due, logged } = found;
        return { genuine: true, case_number, received_at, amount_due, logged };
      } catch (cause) {
        if (!(cause instanceof ProblemError)) throw cause;
        return { genuine: false, reason: cause.code };
      }
    },
    list: async () => {
      const keys = vault.keys();
      const records = await database.run((connection) => connection.getAll('receipts'));
      return records
        .map((record) => present(openJson(core, keys, record) as ReceiptContents))
        .sort((a, b) => (a.submission_id < b.submission_id ? 1 : -1));
    },
  };
}
