import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { kErrorCodes } from '../../../web/src/api/codes.gen';
import { problemFamily } from '../../../web/src/i18n/problem-families';
import { kRepository } from '../../../web/scripts/build-inputs.mjs';

const kThrown = /new ProblemError\(\s*'([a-z_]+)'/g;

function texts(locale: string): ReadonlySet<string> {
  const file = path.join(kRepository, 'i18n', locale, 'problems.json');
  return new Set(Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object));
}

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
  it('has a text of its own or of its family, in each language', () => {
    const thrown = thrownCodes();
    expect(thrown.length).toBeGreaterThan(30);

    for (const locale of ['zh-Hant', 'en']) {
      const known = texts(locale);
      const mute = [...thrown, ...kErrorCodes].filter(
        (code) => !known.has(`problem.${code}`) && !known.has(`problem.${problemFamily(code)}`),
      );
      expect(mute).toEqual([]);
    }
  });

  it('that the worker throws by name is not shown as a mistake of the app', () => {
    const known = texts('en');
    const internal = thrownCodes().filter(
      (code) => !known.has(`problem.${code}`) && problemFamily(code) === 'internal',
    );

    expect(internal.filter((code) => code !== 'internal')).toEqual([]);
  });
});
