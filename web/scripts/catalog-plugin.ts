/** Vite plugin: compiles `i18n/<locale>/*.json` to data modules and fails the build on a missing or odd text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { compileMessage } from '../src/i18n/compile.ts';
import type { Message } from '../src/i18n/message.ts';
import { checkCatalog } from './catalog-checks.ts';
import type { Catalog, LocaleRules } from './catalog-checks.ts';

interface LocaleList {
  readonly fallback: string;
  readonly locales: readonly LocaleRules[];
}

type Compiled = Readonly<Record<string, Message>>;

const kEntry = 'virtual:landfall-catalogs';
const kPart = 'virtual:landfall-catalog/';

/** `i18nFolder` is the path of the repository's `i18n/`. */
export function catalogPlugin(i18nFolder: string): Plugin {
  return {
    name: 'landfall-catalogs',
    resolveId: (id) => (id === kEntry || id.startsWith(kPart) ? `\0${id}` : null),
    buildStart() {
      const complaints = checkAllCatalogs(i18nFolder);
      if (complaints.length > 0) this.error(complaints.join('\n'));
    },
    load(id) {
      if (id === `\0${kEntry}`) return entryModule(readLocales(i18nFolder));
      if (!id.startsWith(`\0${kPart}`)) return null;
      const [kind = '', tag = ''] = id.slice(kPart.length + 1).split('/');
      const messages =
        kind === 'portal' ? readPortal(i18nFolder, tag) : readDetails(i18nFolder, tag);
      return `export const messages = JSON.parse(${JSON.stringify(JSON.stringify(messages))});`;
    },
  };
}

/** Every complaint about the portal's and the problems' catalogs; findings may be partial and fall back. */
export function checkAllCatalogs(i18nFolder: string): string[] {
  const list = readLocales(i18nFolder);
  return ['portal', 'problems'].flatMap((kind) => {
    const reference = compileCatalog(readCatalog(i18nFolder, list.fallback, kind));
    return list.locales.flatMap((rules) => {
      const name = `${rules.tag}/${kind}.json`;
      const catalog = readCatalog(i18nFolder, rules.tag, kind);
      if (!catalog) return [`${name} does not exist`];
      return checkCatalog(name, reference, compileCatalog(catalog), rules);
    });
  });
}

/** The list of locales in `i18n/locales.json`. */
export function readLocales(i18nFolder: string): LocaleList {
  return JSON.parse(readFileSync(join(i18nFolder, 'locales.json'), 'utf8')) as LocaleList;
}

function readPortal(i18nFolder: string, tag: string): Compiled {
  return compileCatalog(readCatalog(i18nFolder, tag, 'portal'));
}

function readDetails(i18nFolder: string, tag: string): Compiled {
  const fallback = readLocales(i18nFolder).fallback;
  return {
    ...compileCatalog(readCatalog(i18nFolder, fallback, 'findings')),
    ...compileCatalog(readCatalog(i18nFolder, tag, 'findings')),
    ...readFormTitles(i18nFolder, fallback),
    // Who reads one Chinese script reads the other better than English.
    ...(tag.startsWith('zh') ? readFormTitles(i18nFolder, 'zh-Hant') : {}),
    ...readFormTitles(i18nFolder, tag),
    ...expandFamilies(
      readFamilies(i18nFolder),
      compileCatalog(readCatalog(i18nFolder, tag, 'problems')),
    ),
  };
}

/** What a form that is not on the phone yet is called in the list: `form.<form-id>`. */
function readFormTitles(i18nFolder: string, tag: string): Compiled {
  const folder = join(i18nFolder, tag, 'forms');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const titles: [string, string][] = names.flatMap((name) => {
    const formId = name.replace(/\.json$/, '');
    const title = readCatalog(i18nFolder, tag, join('forms', formId))?.['form.title'];
    return title === undefined ? [] : [[`form.${formId}`, title]];
  });
  return compileCatalog(Object.fromEntries(titles));
}

/** Codes by the family whose text they share: `i18n/problem-families.json`. */
export function readFamilies(i18nFolder: string): Readonly<Record<string, readonly string[]>> {
  return JSON.parse(readFileSync(join(i18nFolder, 'problem-families.json'), 'utf8')) as Record<
    string,
    string[]
  >;
}

/** One text for each code: people need to know what to do, and that is the same for a whole family of codes. */
function expandFamilies(
  families: Readonly<Record<string, readonly string[]>>,
  problems: Compiled,
): Compiled {
  return Object.fromEntries(
    Object.entries(families).flatMap(([family, codes]) =>
      codes.map((code) => [`problem.${code}`, problems[`problem.${family}`] ?? ''] as const),
    ),
  );
}

function readCatalog(i18nFolder: string, tag: string, kind: string): Catalog | null {
  const path = join(i18nFolder, tag, `${kind}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Catalog) : null;
}

function compileCatalog(catalog: Catalog | null): Compiled {
  return Object.fromEntries(
    Object.entries(catalog ?? {}).map(([key, source]) => [key, compileMessage(source)]),
  );
}

function entryModule(list: LocaleList): string {
  const loaders = (kind: string): string =>
    list.locales
      .map(
        ({ tag }) =>
          `${JSON.stringify(tag)}: () => import(${JSON.stringify(`${kPart}${kind}/${tag}`)})`,
      )
      .join(', ');
  return `export const portal = { ${loaders('portal')} };\nexport const details = { ${loaders('details')} };`;
}
