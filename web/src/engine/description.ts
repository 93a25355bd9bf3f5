/** A form's description as the page gets it: document rules by question instead of the package's own tables. */

import type { JsonValue } from './core';
import type { DocumentRule, FormDescription, FormNode } from './protocol';

/** As the core gives it: `documents` is the package's documents.json. */
export type RawDescription = Omit<FormDescription, 'documents'> & {
  readonly documents: RawDocuments;
};

interface RawDocuments {
  readonly rules?: Readonly<Record<string, RawRule>>;
  readonly slots?: Readonly<Record<string, RawSlot>>;
}

interface RawRule {
  readonly types: readonly string[];
  readonly max_bytes?: number;
  readonly max_files?: number;
  readonly pixels?: RawPixels | string;
}

interface RawPixels {
  readonly min_width?: number;
  readonly min_height?: number;
  readonly max_side?: number;
  readonly ratio?: readonly [number, number];
  readonly tolerance_percent?: number;
}

interface RawSlot {
  readonly rule: string;
  readonly min_files?: number;
  readonly max_files?: number;
}

function pixelsOf(rule: RawRule): Partial<DocumentRule> {
  if (typeof rule.pixels !== 'object') return {};
  const { min_width, min_height, max_side, ratio, tolerance_percent } = rule.pixels;
  return {
    ...(min_width === undefined ? {} : { min_width }),
    ...(min_height === undefined ? {} : { min_height }),
    ...(max_side === undefined ? {} : { max_side }),
    ...(ratio === undefined ? {} : { aspect: ratio[0] / ratio[1] }),
    ...(tolerance_percent === undefined ? {} : { aspect_tolerance: tolerance_percent / 100 }),
  };
}

function slotOf(documents: RawDocuments, node: FormNode): { rule: RawRule; slot: RawSlot } | null {
  const slot = documents.slots?.[node.slot ?? node.name];
  const rule = slot === undefined ? undefined : documents.rules?.[slot.rule];
  return slot === undefined || rule === undefined ? null : { rule, slot };
}

/** Every file question's rule, by its path without positions. */
export function documentRules(raw: RawDescription): Record<string, DocumentRule> {
  const rules: Record<string, DocumentRule> = {};
  for (const node of raw.nodes) {
    const found = slotOf(raw.documents, node);
    if (found === null) continue;
    const { rule, slot } = found;
    rules[node.path] = {
      types: rule.types,
      max_bytes: rule.max_bytes ?? Number.MAX_SAFE_INTEGER,
      max_files: slot.max_files ?? rule.max_files ?? 1,
      min_files: slot.min_files ?? 1,
      ...pixelsOf(rule),
    };
  }
  return rules;
}

/** The rule of the file question at `path` as the package has it, for the core's own check. */
export function rawRule(raw: RawDescription, path: string): JsonValue | null {
  const node = raw.nodes.find((candidate) => candidate.path === path);
  const found = node === undefined ? null : slotOf(raw.documents, node);
  return found === null ? null : (found.rule as unknown as JsonValue);
}
