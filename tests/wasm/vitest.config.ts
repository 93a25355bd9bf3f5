/** The bindings over the built module, in Node. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { '@landfall/bindings': fileURLToPath(new URL('../../wasm/bindings', import.meta.url)) },
  },
  test: {
    dir: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.unit.test.ts'],
    passWithNoTests: false,
    allowOnly: false,
    testTimeout: 60_000,
  },
});
