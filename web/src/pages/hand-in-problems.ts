/** What a problem of handing in means to somebody whose application it is not. */
import type { MessageKey } from '../i18n/catalog';

/** The first that fits counts. Every other code says the same to everybody. */
const kSaid: readonly (readonly [RegExp, MessageKey])[] = [
  [/^bundle_malformed$/, 'handin_wrong_file'],
  [/^(tar_malformed|file_damaged|parts_missing)$/, 'handin_damaged'],
  [/^part_(digest_mismatch|size_mismatch|not_in_manifest)$/, 'handin_damaged'],
  [/^too_large$/, 'handin_too_large'],
  [/^(server_unreachable|request_too_slow|request_incomplete)$/, 'handin_unreachable'],
  [/^(server_|upload_|tus_|content_|request_|reply_|stopping)/, 'handin_busy'],
  [/^(manifest_time_refused|clock_wrong)$/, 'handin_clock'],
  [/^(form_outdated|form_unknown|fee_unknown|index_stale|recipient_)/, 'handin_outdated'],
  [/^(receipt_|certificate_|log_proof|note_|checkpoint_)/, 'handin_not_genuine'],
  [/^(manifest|submission|part|audience|jws|json|sending|vault)_/, 'handin_refused'],
];

/** The text for `code`, or null where the portal's own one will do. */
export function handInText(code: string): MessageKey | null {
  return kSaid.find(([codes]) => codes.test(code))?.[1] ?? null;
}
