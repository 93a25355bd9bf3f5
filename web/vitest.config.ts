import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { findWasm, kRepository } from './scripts/build-inputs.mjs';
import { catalogPlugin } from './scripts/catalog-plugin.ts';
import { definedNames, kAliases, wasmModule } from './scripts/vite-settings.mjs';

/** `.unit.test.ts` runs in Node; `.dom.test.tsx` says `@vitest-environment happy-dom` in its first line. */
export default defineConfig({
  define: definedNames({ rootCertificates: [], rootKey: '', development: true }),
  resolve: { alias: kAliases },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [wasmModule(findWasm()), catalogPlugin(path.join(kRepository, 'i18n'))],
  server: { fs: { allow: ['..'] } },
  test: {
    dir: path.join(kRepository, 'tests', 'web'),
    include: ['**/*.{unit,dom}.test.{ts,tsx}'],
    // A suite without a test is a mistake, not a success.
    passWithNoTests: false,
    allowOnly: false,
    testTimeout: 120_000,
    env: { TZ: process.env['TZ'] ?? 'Asia/Kathmandu' },
    // fake-indexeddb and Web Locks are per process; files must not share them.
    isolate: true,
    maxWorkers: 2,
  },
});
