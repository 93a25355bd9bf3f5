import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCatalog } from '../../../web/scripts/catalog-checks';
import { checkAllCatalogs, readFamilies, readLocales } from '../../../web/scripts/catalog-plugin';
import { compileMessage } from '../../../web/src/i18n/compile';

const kRoot = path.resolve(import.meta.dirname, '../../..');
const kI18n = path.join(kRoot, 'i18n');
const kEnglish = { tag: 'en', plurals: ['one', 'other'] };

function compiled(catalog: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(catalog).map(([key, text]) => [key, compileMessage(text)]),
  );
}

describe('the catalogs', () => {
  it('every locale has the same keys and the same holes', () => {
    expect(checkAllCatalogs(kI18n)).toEqual([]);
    expect(readLocales(kI18n).locales.length).toBeGreaterThan(2);
  });

  it('every error code of the core has a text, through its family', () => {
    const source = ['error_codes.def', 'module_error_codes.def', 'server_error_codes.def']
      .map((file) => readFileSync(path.join(kRoot, 'shared/base', file), 'utf8'))
      .join('\n');
    const codes = [...source.matchAll(/^LANDFALL_ERROR\((\w+),/gm)].map((match) => match[1] ?? '');
    const families = readFamilies(kI18n);
    const known = new Set(Object.values(families).flat());

    expect(codes.filter((code) => !known.has(code))).toEqual([]);
    expect(codes.length).toBeGreaterThan(50);
  });

  it('no code belongs to two families', () => {
    const all = Object.values(readFamilies(kI18n)).flat();

    expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  });

  it('every family has a text of its own name', () => {
    const problems = JSON.parse(
      readFileSync(path.join(kI18n, 'en/problems.json'), 'utf8'),
    ) as object;
    const families = Object.keys(readFamilies(kI18n)).map((family) => `problem.${family}`);

    expect(Object.keys(problems).sort()).toEqual(families.sort());
  });
});

describe('the check of the catalogs', () => {
  const reference = compiled({
    a: 'Hello {name}',
    n: '{n, plural, one {# x} other {# xs}}',
  });

  it.each([
    ['a missing key', { a: 'Hello {name}' }, 'n is missing'],
    ['an unknown key', { a: '{name}', n: '{n, plural, one {x} other {x}}', z: 'z' }, 'z is not in'],
    ['another hole', { a: 'Hello {nome}', n: '{n, plural, one {x} other {x}}' }, 'holes [nome]'],
    [
      'a missing plural case',
      { a: '{name}', n: '{n, plural, other {x}}' },
      'no plural case for one',
    ],
    ['an empty text', { a: '{name}', n: ' ' }, 'is empty'],
    ['markup', { a: '<b>{name}</b>', n: '{n, plural, one {x} other {x}}' }, 'markup'],
    ['a bidi control', { a: '\u202e{name}', n: '{n, plural, one {x} other {x}}' }, 'bidi control'],
  ])('finds %s', (_what, catalog, complaint) => {
    const complaints = checkCatalog('xx', reference, compiled(catalog), kEnglish);

    expect(complaints.join('\n')).toContain(complaint);
  });
});
