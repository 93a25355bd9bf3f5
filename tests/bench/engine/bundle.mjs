// Bundles the bench's TypeScript together with the bindings, for Node and for a browser's worker.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const kHere = fileURLToPath(new URL('.', import.meta.url));

/** The text of one ES module made of `entry`, a file of this folder, and all it imports. */
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
