/** Which text a problem code gets that has none of its own: most codes are for the help desk, few for the person. */

type Family = readonly [text: string, codes: RegExp];

/** The first that matches counts; each text is a `problem.` key of problems.json. */
const kFamilies: readonly Family[] = [
  ['clock_wrong', /^manifest_time_refused$/],
  ['form_outdated', /^(recipient_revoked|form_outdated)$/],
  [
    'sending_refused',
    /^(manifest|part|parts|submission|request|content|upload|sealed_answers|attachment|answers|audience|form_refused)_/,
  ],
  ['form_not_here', /^(index_missing|package_missing|texts_missing|form_unknown)$/],
  [
    'not_genuine',
    /^(index|package_digest|package_signature|texts_digest|certificate|jws|note|root_key|checkpoint)_/,
  ],
  ['receipt_not_genuine', /^receipt_/],
  ['log_inconsistent', /^log_/],
  ['form_unusable', /^(package|xpath|regex|fee|path|change|options)_/],
  ['file_unreadable', /^file_/],
  ['draft_file_unreadable', /^(envelope|header|tar)_/],
  ['draft_missing', /^(draft_closed|vault_missing)$/],
  ['vault_unreadable', /^vault_/],
  ['engine_aborted', /^(engine|core|handle)_/],
  ['engine_out_of_memory', /^out_of_memory$/],
  ['server_fault', /^(reply_not_understood|stopping|not_found|method_not_allowed)$/],
];

/** The key, without `problem.`, of the text for `code`; `internal` when nothing fits. */
export function problemFamily(code: string): string {
  return kFamilies.find(([, codes]) => codes.test(code))?.[0] ?? 'internal';
}
