/**
 * Lint rules of the TypeScript: types are used, promises are awaited, arrows of imports hold.
 * Run from the repository's root (npm run lint does): tests and bindings lie beside web/.
 */

import js from '@eslint/js';
import noOnlyTests from 'eslint-plugin-no-only-tests';
import ts from 'typescript-eslint';
import { layerRules } from './scripts/layer-rules.mjs';

const kTyped = ['**/*.ts', '**/*.tsx', '**/*.mts'];

export default ts.config(
  { ignores: ['**/node_modules/**', '**/*.gen.ts', '**/*.d.ts'] },
  js.configs.recommended,
  {
    files: kTyped,
    extends: [...ts.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          './tsconfig.page.json',
          './tsconfig.worker.json',
          './tsconfig.sw.json',
          './tsconfig.node.json',
          '../tests/web/tsconfig.json',
          '../tests/e2e/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        // Taking members off an object by naming them is how they are left out.
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'a union of string literals instead' },
        { selector: 'ExportDefaultDeclaration', message: 'a named export instead' },
      ],
      'max-lines-per-function': ['error', { max: 80 }],
      'max-depth': ['error', 4],
      eqeqeq: 'error',
    },
  },
  {
    files: ['web/*.config.ts', 'web/*.config.js', 'tests/**/vitest.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['web/scripts/**/*.mjs', 'web/*.config.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly' } },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx'],
    plugins: { 'no-only-tests': noOnlyTests },
    rules: { 'no-only-tests/no-only-tests': 'error', 'max-lines-per-function': 'off' },
  },
  {
    // Vitest's matchers inside an expected object are typed `any`.
    files: ['**/*.e2e.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', 'max-lines-per-function': 'off' },
  },
  ...layerRules(),
);
