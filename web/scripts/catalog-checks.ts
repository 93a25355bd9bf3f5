/** What must hold between the catalogs of all locales; run by the build and by the unit tests. */
import type { Message, Part } from '../src/i18n/message.ts';

export type Catalog = Readonly<Record<string, string>>;

export interface LocaleRules {
  readonly tag: string;
  /** CLDR plural categories of cardinals that every plural of this locale must cover. */
  readonly plurals: readonly string[];
}

/** Complaints about `catalog` measured against `reference`; empty when both have the same keys and the same holes. */
export function checkCatalog(
  name: string,
  reference: Readonly<Record<string, Message>>,
  catalog: Readonly<Record<string, Message>>,
  rules: LocaleRules,
): string[] {
  const missing = Object.keys(reference).filter((key) => !(key in catalog));
  const unknown = Object.keys(catalog).filter((key) => !(key in reference));
  const shared = Object.keys(catalog).filter((key) => key in reference);
  return [
    ...missing.map((key) => `${name}: ${key} is missing`),
    ...unknown.map((key) => `${name}: ${key} is not in the reference catalog`),
    ...shared.flatMap((key) =>
      checkMessage(`${name}: ${key}`, reference[key] ?? '', catalog[key] ?? '', rules),
    ),
  ];
}

function checkMessage(
  where: string,
  reference: Message,
  message: Message,
  rules: LocaleRules,
): string[] {
  const wanted = [...holes(reference)].sort().join(' ');
  const found = [...holes(message)].sort().join(' ');
  return [
    ...(wanted === found
      ? []
      : [`${where} has the holes [${found}], the reference has [${wanted}]`]),
    ...(hasForbiddenText(message) ? [`${where} holds markup or a bidi control`] : []),
    ...missingPlurals(message, rules).map(
      (category) => `${where} has no plural case for ${category}`,
    ),
    ...(plainText(message).trim() === '' ? [`${where} is empty`] : []),
  ];
}

/** Names of every argument used anywhere in `message`. */
export function holes(message: Message): Set<string> {
  const names = new Set<string>();
  visit(message, (part) => {
    if (typeof part !== 'string' && part[0] !== '#') names.add(part[1]);
  });
  return names;
}

function missingPlurals(message: Message, rules: LocaleRules): string[] {
  const missing: string[] = [];
  visit(message, (part) => {
    if (typeof part === 'string' || part[0] !== 'p') return;
    const cases = part[4];
    if (part[2] === 'cardinal')
      missing.push(...rules.plurals.filter((category) => !(category in cases)));
  });
  return missing;
}

function hasForbiddenText(message: Message): boolean {
  return /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|<[a-z/!]/iu.test(plainText(message));
}

function plainText(message: Message): string {
  const texts: string[] = [];
  visit(message, (part) => texts.push(typeof part === 'string' ? part : ' x '));
  return texts.join('');
}

function visit(message: Message, see: (part: Part) => void): void {
  for (const part of typeof message === 'string' ? [message] : message) {
    see(part);
    if (typeof part === 'string') continue;
    const cases = part[0] === 'p' ? part[4] : part[0] === 's' ? part[2] : {};
    Object.values(cases).forEach((inner) => visit(inner, see));
  }
}
