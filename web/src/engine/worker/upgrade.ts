/** A draft and a newer version of its form: what would change, said in words, and the change itself. */

import { ProblemError } from '../problem';
import type { Form, JsonValue, MigrationStep } from '../core';
import type {
  FormDescription,
  FormNode,
  FormTexts,
  NodeState,
  Upgrade,
  UpgradeChange,
  UpgradeWords,
} from '../protocol';
import type { DraftAttachment, DraftContents, EarlierAnswers } from '../../offline/records';
import type { PackageIndex } from '../core';

type IndexEntry = PackageIndex['packages'][number];

/** A form as one of two versions sees it. */
export interface Side {
  readonly description: FormDescription;
  readonly texts: FormTexts;
}

const kVersions = new Intl.Collator('en', { numeric: true });

/** What the agency offers now in place of the draft's package; null when that is still it. */
export function newerEntry(index: PackageIndex | null, draft: DraftContents): IndexEntry | null {
  const entry = index?.packages.find(({ form_id }) => form_id === draft.form_id);
  if (entry === undefined || entry.digest === draft.digest) return null;
  // A draft that came from another phone may be newer than the list on this one.
  return kVersions.compare(entry.version, draft.version) >= 0 ? entry : null;
}

const withoutPositions = (path: string): string => path.replaceAll(/\[\d+\]/g, '');

function nodeAt({ description }: Side, path: string | undefined): FormNode | undefined {
  return description.nodes.find((node) => node.path === path);
}

/** Every answer at the path without positions: one for each instance of the repeats around it. */
function answersAt(answers: JsonValue | undefined, path: readonly string[]): JsonValue[] {
  if (answers === undefined || answers === null) return [];
  const [name, ...below] = path;
  if (name === undefined) return [answers];
  if (Array.isArray(answers)) {
    return (answers as readonly JsonValue[]).flatMap((one) => answersAt(one, path));
  }
  if (typeof answers !== 'object') return [];
  return answersAt((answers as Readonly<Record<string, JsonValue>>)[name], below);
}

/** A text of the form under its key, or the words themselves where it has none. */
function wordsOf(side: Side, prefix: string, key: string | undefined): UpgradeWords {
  if (key !== undefined && key in side.texts) return { key: `${prefix}.${key}` };
  return { text: key ?? '' };
}

function wordsOfValue(side: Side, node: FormNode | undefined, value: JsonValue): UpgradeWords[] {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((one) => wordsOfValue(side, node, one));
  }
  if (typeof value === 'boolean') return [{ truth: value }];
  if (typeof value === 'object') {
    const file = value as Readonly<Record<string, JsonValue>> | null;
    return typeof file?.['file_name'] === 'string' ? [{ text: file['file_name'] }] : [];
  }
  const choices = side.description.choices[node?.list ?? ''];
  const label = choices?.find(({ name }) => name === value)?.label;
  return [label === undefined ? { text: String(value) } : wordsOf(side, 'old', label)];
}

const sectionOf = (path: string): string => path.split('/')[0] ?? '';

/** The words a person knows a node by; its path where the form gives it none. */
function nameOf(side: Side, path: string): string {
  const label = nodeAt(side, path)?.label ?? path;
  return side.texts[label] ?? label;
}

/** Where a question went: the same words twice would tell nothing. */
function placeNow(
  from: string,
  to: string,
  old: Side,
  now: Side,
): Pick<UpgradeChange, 'now' | 'section'> {
  const words = (path: string): UpgradeWords =>
    wordsOf(now, 'new', nodeAt(now, path)?.label ?? path);
  const [before, after] = [sectionOf(from), sectionOf(to)];
  return {
    ...(nameOf(old, from) === nameOf(now, to) ? {} : { now: words(to) }),
    ...(after === to || nameOf(old, before) === nameOf(now, after)
      ? {}
      : { section: words(after) }),
  };
}

function changeOf(
  step: MigrationStep,
  old: Side,
  now: Side,
  answers: JsonValue,
): UpgradeChange | null {
  const { kind, from = '', to } = step;
  if (kind === 'kept' || kind === 'new') return null;
  const node = nodeAt(old, from);
  const reason =
    step.reason === undefined || step.reason in now.texts
      ? wordsOf(now, 'new', step.reason)
      : { code: step.reason };
  return {
    kind: kind === 'renamed' ? 'moved' : kind,
    label: wordsOf(old, 'old', node?.label ?? node?.name ?? from),
    ...(kind === 'renamed' ? placeNow(from, to ?? from, old, now) : {}),
    ...(step.reason === undefined ? {} : { reason }),
    was: answersAt(answers, from.split('/')).flatMap((value) => wordsOfValue(old, node, value)),
  };
}

/** Questions that apply now and stood nowhere in the old form. */
function newQuestions(
  old: Side,
  now: Side,
  states: readonly NodeState[],
  steps: readonly MigrationStep[],
): UpgradeChange[] {
  const known = new Set([
    ...old.description.nodes.map(({ path }) => path),
    ...steps.flatMap(({ to }) => to ?? []),
  ]);
  const asked = new Set(
    states
      .filter(({ relevant, calculated }) => relevant && calculated !== true)
      .map(({ path }) => withoutPositions(path)),
  );
  return now.description.nodes
    .filter(({ kind, label }) => kind === 'question' && label !== undefined && label !== '')
    .filter(({ path }) => asked.has(path) && !known.has(path))
    .map(({ label }) => ({ kind: 'new', label: wordsOf(now, 'new', label), was: [] }));
}

const prefixed = (prefix: string, texts: FormTexts): FormTexts =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${prefix}.${key}`, text]));

/** Only the texts that are named travel to the page. */
function namedTexts(changes: readonly UpgradeChange[], all: FormTexts): FormTexts {
  const words = changes.flatMap(({ label, now, section, reason, was }) => [
    label,
    now,
    section,
    reason,
    ...was,
  ]);
  const keys = words.flatMap((one) => (one && 'key' in one ? [one.key] : []));
  return Object.fromEntries(keys.map((key) => [key, all[key] ?? key]));
}

/**
 * Says what the newer version makes of the answers. `form` was opened on them; it is not changed.
 *
 * @param done the draft is in the newer version already.
 */
export function describeUpgrade(
  form: Form,
  earlier: EarlierAnswers,
  old: Side,
  texts: FormTexts,
  done: boolean,
): Upgrade {
  const now = { description: form.description, texts };
  const steps = form.migration;
  const changes = [
    ...steps.flatMap((step) => changeOf(step, old, now, earlier.answers) ?? []),
    ...newQuestions(old, now, form.nodes, steps),
  ];
  return {
    from_version: earlier.version,
    to_version: form.description.version,
    done,
    kept: steps.filter(({ kind }) => kind === 'kept').length,
    changes,
    texts: namedTexts(changes, { ...prefixed('old', old.texts), ...prefixed('new', texts) }),
  };
}

function isFile(value: unknown): value is { readonly sha256: string } {
  return typeof value === 'object' && value !== null && 'sha256' in value;
}

/** Files go where their answers went; one whose question is gone stays with the draft. */
function movedAttachments(form: Form, attachments: readonly DraftAttachment[]): DraftAttachment[] {
  const left = new Set(attachments);
  const placed = form.nodes.flatMap(({ path, value }) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : []).filter(isFile).map(({ sha256 }) => {
      const alike = attachments.filter((attachment) => attachment.sha256 === sha256);
      const found = alike.find((attachment) => attachment.path === path) ?? alike[0];
      if (found === undefined) throw new ProblemError('file_missing');
      left.delete(found);
      return { ...found, path };
    }),
  );
  return [...placed, ...left];
}

/** The draft in the newer version; what it said before stays in it. */
export function upgraded(
  draft: DraftContents,
  entry: IndexEntry,
  form: Form,
  saved_at: string,
): DraftContents {
  const { version, digest, answers } = draft;
  return {
    ...draft,
    generation: draft.generation + 1,
    saved_at,
    version: entry.version,
    digest: entry.digest,
    answers: form.allAnswers(),
    attachments: movedAttachments(form, draft.attachments),
    earlier: [...(draft.earlier ?? []), { version, digest, answers }],
  };
}
