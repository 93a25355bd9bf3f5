// Bundles the bench's code together with the bindings and rivals, for Node and for a browser's worker.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const kHere = fileURLToPath(new URL('.', import.meta.url));

/** The text of one ES module made of `entry`, a file below this folder, and all it imports. */
export async function bundled(entry) {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    root: kHere,
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry: path.join(kHere, entry), formats: ['es'], fileName: 'bundle' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  return first.output.find((chunk) => chunk.type === 'chunk').code;
}

/** Runs `use` with the module that bundling `entry` gave. */
export async function withBundle(entry, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-bench-'));
  try {
    const file = path.join(folder, 'bundle.mjs');
    writeFileSync(file, await bundled(entry));
    return await use(await import(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
