import { loadFunctions, openForm } from '@landfall/bindings/index.ts';
import type { CoreModule, NodeState } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { builtFunctions, builtModule, codeOf, utf8, valueOf } from './support/module.ts';
import { packageOf } from './support/small-package.ts';

const kOptions = { as_of: '2026-11-21', time_zone: 'Asia/Taipei' };

const kExpected = {
  'pow(2, 10)': 1024,
  'sin(1)': 0.8414709848078965,
  'atan2(1, 2)': 0.4636476090008061,
  'log10(1000)': 3,
  "digest('abc', 'SHA-256', 'hex')":
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  "digest('abc', 'MD5')": 'kAFQmDzST7DWlj99KOF/cg==',
  "base64-decode('6Ie654Gj')": '臺灣',
  "distance('0 0;0 1')": 111318.85,
  "geofence('25.03 121.56', '25 121;25 122;26 122;26 121;25 121')": true,
};

const calculating = (expressions: readonly string[]): Uint8Array<ArrayBuffer> =>
  packageOf(
    expressions.map((calculation, index) => ({
      type: 'calculate',
      name: `c${String(index)}`,
      calculation,
    })),
  );

const valuesOf = (nodes: readonly NodeState[]): unknown[] => nodes.map(({ value }) => value);

function openedOn(module: CoreModule, expressions: readonly string[]): unknown[] {
  return valuesOf(valueOf(openForm(module, calculating(expressions), kOptions)).nodes);
}

describe('the module of functions', () => {
  it('gives expressions what the core leaves to it', async () => {
    const module = await builtModule();
    module.useFunctions(await builtFunctions());

    const values = openedOn(module, Object.keys(kExpected));

    expect(values).toEqual(Object.values(kExpected));
  });

  it('is asked for before a form that needs it opens, and not by another', async () => {
    const module = await builtModule();

    for (const expression of Object.keys(kExpected)) {
      const refused = openForm(module, calculating([expression]), kOptions);
      expect(codeOf(refused), expression).toBe('functions_needed');
    }
    expect(openedOn(module, ['round(2.5) + abs(-1) + floor(1.5)'])).toEqual([5]);
  });

  it('takes long texts, and answers of every length', async () => {
    const module = await builtModule();
    module.useFunctions(await builtFunctions());
    const long = 'x'.repeat(60_000);

    const [digest] = openedOn(module, [`digest('${long}', 'SHA-512', 'hex')`]);
    const [nothing] = openedOn(module, ["base64-decode('')"]);

    expect(String(digest)).toMatch(/^[0-9a-f]{128}$/);
    expect(nothing ?? '').toBe('');
  });

  it('is refused when it is no such module', async () => {
    await expect(loadFunctions(utf8('not wasm'))).rejects.toThrow(WebAssembly.CompileError);
  });
});
