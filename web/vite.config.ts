import path from 'node:path';
import { defineConfig } from 'vite';
import { kDist, kRepository, readBuildInputs } from './scripts/build-inputs.mjs';
import { catalogPlugin } from './scripts/catalog-plugin.ts';
import { definedNames, kAliases, kTargets, wasmModule } from './scripts/vite-settings.mjs';

/** Decoders are fetched when a file needs them, not by everybody: see scripts/build.mjs. */
const kNames = {
  assetFileNames: ({ originalFileNames }: { originalFileNames: string[] }): string =>
    originalFileNames.some((name) => name.includes('libheif'))
      ? 'assets/on-demand-[name]-[hash][extname]'
      : 'assets/[name]-[hash][extname]',
  chunkFileNames: ({ moduleIds }: { moduleIds: string[] }): string =>
    moduleIds.some((id) => /libheif-js|virtual:landfall-catalog\//.test(id))
      ? 'assets/on-demand-[name]-[hash].js'
      : 'assets/[name]-[hash].js',
};

export default defineConfig(({ mode }) => {
  const inputs = readBuildInputs(mode !== 'production');
  const plugins = () => [wasmModule(inputs.wasm), catalogPlugin(path.join(kRepository, 'i18n'))];
  return {
    base: '/',
    define: definedNames(inputs),
    resolve: { alias: kAliases },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: plugins(),
    worker: { format: 'es', plugins, rolldownOptions: { output: kNames } },
    // The source tree's neighbours are imported by alias, so the development server may read them.
    server: { fs: { allow: ['..'] }, proxy: { '/api': 'http://127.0.0.1:8480' } },
    build: {
      outDir: kDist,
      emptyOutDir: true,
      target: kTargets,
      sourcemap: false,
      // A data: URL would need a wider content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { output: kNames },
    },
  };
});
