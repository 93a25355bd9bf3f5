/** Packages without types of their own. */

declare module 'eslint-plugin-no-only-tests' {
  import type { ESLint } from 'eslint';
  const plugin: ESLint.Plugin;
  export { plugin as default };
}
