import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';
import { kRepository } from '../../../web/scripts/build-inputs.mjs';

/** Without the header the command writes above it. */
function body(text: string): string {
  return text.slice(text.indexOf('export interface paths')).trim();
}

describe('the types of the wire', () => {
  it('are those of server/openapi.yaml as it is now (npm run generate brings them up to date)', async () => {
    const contract = pathToFileURL(path.join(kRepository, 'server/openapi.yaml'));
    const kept = readFileSync(path.join(kRepository, 'web/src/api/api.gen.ts'), 'utf8');

    const made = astToString(await openapiTS(contract));

    expect(body(kept)).toBe(body(made));
  });
});
