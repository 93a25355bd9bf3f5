/** What the portal says, read from the catalogs it is built from: tests name things as a person reads them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kRoot = fileURLToPath(new URL('../../../', import.meta.url));

export type Catalog = Readonly<Record<string, string>>;

export interface Row {
  readonly type: string;
  readonly name: string;
  readonly label?: string;
  readonly list?: string;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(`${kRoot}${path}`, 'utf8')) as unknown;
}

export interface Texts {
  /** A text of the portal without arguments. */
  readonly portal: Catalog;
  /** What the phone says is wrong with an answer; `{name}` stands where an argument goes. */
  readonly findings: Catalog;
  /** What the phone says when something did not work. */
  readonly problems: Catalog;
  /** Texts of the form and of the lists all forms share. */
  readonly form: Catalog;
}

export function textsOf(locale: string, formId: string): Texts {
  return {
    portal: readJson(`i18n/${locale}/portal.json`) as Catalog,
    findings: readJson(`i18n/${locale}/findings.json`) as Catalog,
    problems: readJson(`i18n/${locale}/problems.json`) as Catalog,
    form: {
      ...(readJson(`i18n/${locale}/countries.json`) as Catalog),
      ...(readJson(`i18n/${locale}/forms/${formId}.json`) as Catalog),
    },
  };
}

interface FormSource {
  readonly survey: readonly Row[];
  readonly choices: readonly {
    readonly list_name: string;
    readonly name: string;
    readonly label: string;
  }[];
}

export function formOf(formId: string): FormSource {
  return readJson(`shared/packages/${formId}/form.json`) as FormSource;
}
