import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kErrorCodes } from '../../../web/src/api/codes.gen';
import { kRepository } from '../../../web/scripts/build-inputs.mjs';
import { readFamilies } from '../../../web/scripts/catalog-plugin';

const kThrown = /new ProblemError\(\s*'([a-z_]+)'/g;
const kFamilies = readFamilies(path.join(kRepository, 'i18n'));
const kKnown = new Set(Object.values(kFamilies).flat());

/** Every code that the worker's side throws by name. */
function thrownCodes(): string[] {
  const folders = ['engine', 'offline', 'api'].map((name) =>
    path.join(kRepository, 'web/src', name),
  );
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(path.join(folder, name), 'utf8').matchAll(kThrown)])
      .map((match) => match[1] ?? ''),
  );
}

describe('every problem code', () => {
  it('that the worker throws or the server answers has the text of a family', () => {
    const codes = [...thrownCodes(), ...kErrorCodes];

    expect([...new Set(codes)].filter((code) => !kKnown.has(code))).toEqual([]);
    expect(thrownCodes().length).toBeGreaterThan(30);
  });

  it('that means lost keys does not promise that anything is kept', () => {
    expect(kFamilies['vault_missing']).toEqual(['vault_missing']);
    expect(kFamilies['internal']).not.toContain('vault_missing');
  });

  it('of a sending that goes on by itself does not ask the person to do anything', () => {
    const byItself = ['server_fault', 'server_busy', 'server_unreachable'];

    expect(kFamilies['sending_refused']?.filter((code) => byItself.includes(code))).toEqual([]);
    expect(kFamilies['server_fault']).toContain('upload_offset_mismatch');
  });
});
