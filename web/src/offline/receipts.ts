/** Receipts: accepted only when genuine, kept sealed, checked again whenever they are shown. */

import { ProblemError } from '../engine/problem';
import type { Core, VerifiedReceipt } from '../engine/core';
import type { Receipt } from '../engine/protocol';
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
  /** Every receipt, with what the check says now. Problems: vault_locked. */
  readonly list: () => Promise<readonly Receipt[]>;
}

/** The short receipt inside a full one; empty when there is none. The full one was verified before. */
function shortOf(jws: string): string {
  const payload = (jws.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
  try {
    const bytes = Uint8Array.from(atob(payload), (symbol) => symbol.charCodeAt(0));
    const parsed: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof parsed !== 'object' || parsed === null || !('short' in parsed)) return '';
    return typeof parsed.short === 'string' ? parsed.short : '';
  } catch {
    return '';
  }
}

export function openReceipts(
  database: Database,
  core: Core,
  vault: Vault,
  around: Surroundings,
): Receipts {
  const verify = (jws: string, manifest_sha256: string): VerifiedReceipt['receipt'] | null => {
    try {
      const now = formatInstant(around.now());
      const receipt = core.verifyReceipt(jws, { ...around.trust, now, manifest_sha256 });
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
      short_jws: shortOf(jws),
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
    list: async () => {
      const keys = vault.keys();
      const records = await database.run((connection) => connection.getAll('receipts'));
      return records
        .map((record) => present(openJson(core, keys, record) as ReceiptContents))
        .sort((a, b) => (a.submission_id < b.submission_id ? 1 : -1));
    },
  };
}
