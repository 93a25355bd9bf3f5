/** Builds the portal: page and workers, then the service worker with its list of files, then .br and .gz. */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { injectManifest } from 'workbox-build';
import { kDist, readBuildInputs } from './build-inputs.mjs';
import { compressFolder, printSizes } from './compress.mjs';
import { definedNames, kTargets } from './vite-settings.mjs';

const kWeb = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const kServiceWorkerOut = path.join(path.dirname(kDist), 'sw');

const development = process.argv.includes('--development');
const inputs = readBuildInputs(development);
if (inputs.rootKey === '')
  console.warn('no LANDFALL_ROOT_KEY: this build trusts nobody and says so');
if (inputs.wasm === '') console.warn('no core module: this build shows pages only');

process.chdir(kWeb);
await build({ root: kWeb, mode: development ? 'development' : 'production', logLevel: 'warn' });

await build({
  configFile: false,
  root: kWeb,
  logLevel: 'warn',
  publicDir: false,
  define: { ...definedNames(inputs), 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    outDir: kServiceWorkerOut,
    emptyOutDir: true,
    target: kTargets,
    sourcemap: false,
    lib: {
      entry: path.join(kWeb, 'src', 'sw', 'sw.ts'),
      formats: ['iife'],
      name: 'landfall',
      fileName: () => 'sw.js',
    },
  },
});

const { count, size, warnings } = await injectManifest({
  swSrc: path.join(kServiceWorkerOut, 'sw.js'),
  swDest: path.join(kDist, 'sw.js'),
  globDirectory: kDist,
  globPatterns: ['**/*.{html,js,css,wasm,svg,png,ico,webmanifest,json,woff2}'],
  // On demand: loaded when a file needs them, kept by the service worker after that.
  // Icons belong to the home screen, which asks for them when the app is installed.
  globIgnores: ['sw.js', 'assets/on-demand-*', 'icons/*.png'],
  // A name with a content hash needs no revision of its own.
  dontCacheBustURLsMatching: /^assets\//,
  maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
});
for (const warning of warnings) console.warn(warning);

printSizes(await compressFolder(kDist), (name) => !/(^|\/)on-demand-|^icons\/.*\.png$/.test(name));
console.log(`${count} files (${size} bytes unpacked) in the service worker's list`);
