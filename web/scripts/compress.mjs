/** Writes .br and .gz siblings of what compresses, and prints what each file weighs on the wire. */

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const kCompressible = /\.(html|js|css|json|webmanifest|svg|wasm|txt|ico)$/;

/** @param {string} folder @returns {Promise<string[]>} */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** @param {Buffer} bytes */
function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/**
 * Compresses every file of `folder` that gains from it.
 *
 * @param {string} folder
 * @returns {Promise<{ name: string, bytes: number, brotli: number }[]>} sizes, in order of name
 */
export async function compressFolder(folder) {
  const sizes = [];
  for (const file of await listFiles(folder)) {
    if (/\.(br|gz)$/.test(file)) continue;
    const name = path.relative(folder, file);
    const bytes = await readFile(file);
    if (!kCompressible.test(file)) {
      sizes.push({ name, bytes: bytes.length, brotli: (await stat(file)).size });
      continue;
    }
    const small = brotli(bytes);
    await writeFile(`${file}.br`, small);
    await writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    sizes.push({ name, bytes: bytes.length, brotli: small.length });
  }
  return sizes;
}

/**
 * @param {{ name: string, bytes: number, brotli: number }[]} sizes
 * @param {(name: string) => boolean} isKept whether a file is fetched by everybody for offline use
 */
export function printSizes(sizes, isKept) {
  const kept = sizes.filter(({ name }) => isKept(name)).reduce((sum, file) => sum + file.brotli, 0);
  for (const file of [...sizes].sort((a, b) => b.brotli - a.brotli)) {
    console.log(
      `${String(file.brotli).padStart(9)} br ${String(file.bytes).padStart(9)} raw  ${file.name}`,
    );
  }
  console.log(
    `${String(kept).padStart(9)} br in all for offline use, without a language, a form and decoders`,
  );
}
