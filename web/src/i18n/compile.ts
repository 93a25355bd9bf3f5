/** Turns ICU MessageFormat text into data that `message.ts` can format. */
import { parse } from '@messageformat/parser';
import type { Token } from '@messageformat/parser';
import { kIcuSyntax } from './message';
import type { Message, Messages, Part } from './message';

/**
 * Compiles one ICU MessageFormat 1 text.
 *
 * @throws a parse error with line and column when `source` is not ICU MessageFormat.
 */
export function compileMessage(source: string): Message {
  if (!kIcuSyntax.test(source)) return source;
  return simplify(parse(source).flatMap(compileToken));
}

/** Compiles each text of `sources`; a text that does not parse is kept as written. */
export function compileTexts(sources: Readonly<Record<string, string>>): Messages {
  return Object.fromEntries(
    Object.entries(sources).map(([key, source]) => [key, compileOrKeep(source)]),
  );
}

function compileOrKeep(source: string): Message {
  try {
    return compileMessage(source);
  } catch {
    // A form's texts are signed data: a slip in one of them must not hide the form.
    return source;
  }
}

function compileToken(token: Token): Part[] {
  switch (token.type) {
    case 'content':
      return [token.value];
    case 'argument':
      return [['v', token.arg]];
    case 'octothorpe':
      return [['#']];
    case 'function':
      return [['n', token.arg, parameterText(token.param)]];
    case 'select':
      return [['s', token.arg, compileCases(token.cases)]];
    case 'plural':
    case 'selectordinal':
      return [
        [
          'p',
          token.arg,
          token.type === 'plural' ? 'cardinal' : 'ordinal',
          token.pluralOffset ?? 0,
          compileCases(token.cases),
        ],
      ];
  }
}

function compileCases(
  cases: readonly { readonly key: string; readonly tokens: readonly Token[] }[],
): Record<string, Message> {
  return Object.fromEntries(
    cases.map((one) => [one.key, simplify(one.tokens.flatMap(compileToken))]),
  );
}

function parameterText(param: readonly Token[] | undefined): string {
  return (param ?? [])
    .map((token) => (token.type === 'content' ? token.value : ''))
    .join('')
    .trim();
}

function simplify(parts: readonly Part[]): Message {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string')
      merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  if (merged.length === 0) return '';
  return merged.length === 1 && typeof merged[0] === 'string' ? merged[0] : merged;
}
