import { defineConfig } from 'vite';
import { kDist, readBuildInputs } from './scripts/build-inputs.mjs';
import { definedNames, kAliases, kTargets, wasmModule } from './scripts/vite-settings.mjs';

export default defineConfig(({ mode }) => {
  const inputs = readBuildInputs(mode !== 'production');
  return {
    base: '/',
    define: definedNames(inputs),
    resolve: { alias: kAliases },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [wasmModule(inputs.wasm)],
    worker: { format: 'es', plugins: () => [wasmModule(inputs.wasm)] },
    // The source tree's neighbours are imported by alias, so the development server may read them.
    server: { fs: { allow: ['..'] }, proxy: { '/api': 'http://localhost:8080' } },
    build: {
      outDir: kDist,
      emptyOutDir: true,
      target: kTargets,
      sourcemap: false,
      // A data: URL would need a wider content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
});
