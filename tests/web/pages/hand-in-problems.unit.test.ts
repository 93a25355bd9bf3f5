import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { handInText } from '../../../web/src/pages/hand-in-problems';
import { kRepository } from '../../../web/scripts/build-inputs.mjs';
import { readFamilies } from '../../../web/scripts/catalog-plugin';

const kFamilies = readFamilies(path.join(kRepository, 'i18n'));

/** Families whose text speaks to the person whose application it is, or promises to try again. */
const kToTheApplicant = [
  'server_unreachable',
  'server_busy',
  'server_fault',
  'sending_refused',
  'clock_wrong',
  'form_outdated',
  'receipt_not_genuine',
];

describe('a problem of handing in', () => {
  it('is never told to the carrier as if the application were theirs', () => {
    const codes = kToTheApplicant.flatMap((family) => kFamilies[family] ?? []);

    expect(codes.filter((code) => handInText(code) === null)).toEqual([]);
    expect(codes.length).toBeGreaterThan(40);
  });

  it('has a text of its own for what is wrong with the file', () => {
    expect(handInText('bundle_malformed')).toBe('handin_wrong_file');
    for (const code of ['tar_malformed', 'file_damaged', 'parts_missing', 'part_digest_mismatch'])
      expect(handInText(code)).toBe('handin_damaged');
    expect(handInText('too_large')).toBe('handin_too_large');
    expect(handInText('manifest_time_refused')).toBe('handin_clock');
    expect(handInText('manifest_signature_wrong')).toBe('handin_refused');
    expect(handInText('recipient_revoked')).toBe('handin_outdated');
    expect(handInText('receipt_for_another_submission')).toBe('handin_not_genuine');
  });

  it('that is the same for everybody keeps the text it has', () => {
    for (const code of ['captive_portal', 'file_unreadable', 'engine_out_of_memory', 'cancelled'])
      expect(handInText(code)).toBeNull();
  });
});
