import { checkValue, loadFunctions, neededModules, openForm } from '@landfall/bindings/index.ts';
import type { CoreModule, NodeState } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import {
  bareModule,
  builtFunctions,
  builtModule,
  codeOf,
  utf8,
  valueOf,
} from './support/module.ts';
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
    module.useFunctions('functions', await builtFunctions('functions'));

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
    module.useFunctions('functions', await builtFunctions('functions'));
    const long = 'x'.repeat(60_000);

    const [digest] = openedOn(module, [`digest('${long}', 'SHA-512', 'hex')`]);
    const [nothing] = openedOn(module, ["base64-decode('')"]);

    expect(String(digest)).toMatch(/^[0-9a-f]{128}$/);
    expect(nothing ?? '').toBe('');
  });

  it('answers nothing that is not its own', async () => {
    const module = await bareModule();
    module.useFunctions('functions', await builtFunctions('functions'));
    module.useFunctions('identity', await builtFunctions('functions'));

    const checked = checkValue(module, { type: 'hkid', value: 'A123456(3)', as_of: '2026-11-21' });

    expect(checked.ok && checked.value.normalised).toBeFalsy();
  });

  it('is refused when it is no such module', async () => {
    await expect(loadFunctions(utf8('not wasm'))).rejects.toThrow(WebAssembly.CompileError);
  });
});

const kJudged = {
  hkid: 'A123456(3)',
  name_zh: '王小明',
  phone: '+886912345678',
  email: 'somebody@example.org',
  mrz: 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
};

describe('the module of identity', () => {
  it('is asked for before a form with a question of identity opens', async () => {
    const module = await bareModule();

    for (const type of Object.keys(kJudged)) {
      const bytes = packageOf([{ type, name: 'asked', label: 'question.name' }]);
      const refused = openForm(module, bytes, kOptions);
      expect(codeOf(refused), type).toBe('functions_needed');
      expect(refused.ok ? [] : neededModules(refused.error.offset)).toEqual(['identity']);
    }
    expect(codeOf(openForm(module, calculating(["check('hkid', '')"]), kOptions))).toBe(
      'functions_needed',
    );
  });

  it('is not needed for a date', async () => {
    const module = await bareModule();
    const bytes = packageOf([{ type: 'date', name: 'day', label: 'question.name' }]);

    const form = valueOf(openForm(module, bytes, kOptions));

    const [day] = valueOf(form.set('day', '2026-02-30'));
    expect(day?.findings.map(({ code }) => code)).toEqual(['date_does_not_exist']);
  });

  it('is asked for together with the other one', async () => {
    const module = await bareModule();
    const bytes = packageOf([
      { type: 'hkid', name: 'card', label: 'question.name' },
      { type: 'calculate', name: 'power', calculation: 'pow(2, 10)' },
    ]);

    const refused = openForm(module, bytes, kOptions);

    expect(refused.ok ? [] : neededModules(refused.error.offset)).toEqual([
      'functions',
      'identity',
    ]);
  });

  it('judges values: findings with their parameters, and what is stored', async () => {
    const module = await builtModule();
    const checked = (type: string, value: string): unknown =>
      valueOf(checkValue(module, { type, value, as_of: '2026-11-21' }));

    expect(checked('hkid', 'a123456(3)')).toEqual({ findings: [], normalised: 'A1234563' });
    expect(checked('hkid', 'A123456(4)')).toMatchObject({
      findings: [{ severity: 'error', params: { expected: '3' } }],
    });
    expect(checked('name_zh', '王小东')).toMatchObject({
      findings: [
        { code: 'name_zh_simplified', severity: 'warning', params: { expected: '王小東' } },
      ],
      normalised: '王小东',
    });
  });

  it('reads zones for expressions', async () => {
    const module = await builtModule();
    const zone = "'" + kJudged.mrz.replace('\n', '') + "'";

    const values = openedOn(module, [
      `mrz-field(${zone}, 'surname')`,
      `mrz-field(${zone}, 'birth_date')`,
      `mrz-name-matches(${zone}, 'Eriksson', 'Anna Maria')`,
      `mrz-name-matches(${zone}, 'Eriksson', 'Anna')`,
      `mrz-field('no zone', 'surname')`,
    ]);

    expect(values.slice(0, 4)).toEqual(['ERIKSSON', '1974-08-12', true, false]);
    expect(values[4] ?? '').toBe('');
  });

  it('is needed by a check of a single value too', async () => {
    const module = await bareModule();

    const refused = checkValue(module, { type: 'hkid', value: 'A123456(3)', as_of: '2026-11-21' });

    expect(codeOf(refused)).toBe('functions_needed');
  });
});
