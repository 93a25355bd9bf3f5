/** Why something is not genuine, as a text to show: what a person should do differs, not the mathematics. */
import type { Judged } from '../engine/protocol';

/** A text of its own, or a word that `verify_why` chooses by. */
export type VerdictReason =
  | { readonly key: 'verify_malformed' | 'verify_revoked' | 'verify_key_unknown' | 'verify_forged' }
  | { readonly why: string };

const kWhy: Readonly<Record<string, string>> = {
  document_empty: 'empty',
  too_large: 'large',
  text_not_utf8: 'encoding',
  tar_malformed: 'archive',
  bundle_malformed: 'archive',
  part_digest_mismatch: 'archive',
  parts_missing: 'missing',
};

export function verdictReason({ kind, code = '', needs_index, steps }: Judged): VerdictReason {
  const why = kWhy[code];
  if (why !== undefined) return { why };
  if (code === 'receipt_key_revoked' || code === 'message_key_revoked')
    return { key: 'verify_revoked' };
  if (kind === 'receipt' && code === 'receipt_malformed') return { key: 'verify_malformed' };
  if (kind === 'receipt' && code === 'receipt_key_unknown') return { key: 'verify_key_unknown' };
  if (needs_index === true) return { why: 'index' };
  if (kind === 'document') return { why: 'document' };
  const failed = steps.find(({ state }) => state === 'failed')?.name;
  if (failed === 'listed') return { why: 'unlisted' };
  return failed === 'shape' ? { why: 'document' } : { key: 'verify_forged' };
}
