/** Which calls change a draft and which close it, and what they name. */

import type { EngineMethod } from './protocol';

/** Calls that change a draft at once, in the order they were made, and answer with its changed nodes. */
export const kAnswerEdits: ReadonlySet<EngineMethod> = new Set<EngineMethod>([
  'setAnswer',
  'addRepeat',
  'removeRepeat',
]);

/** Calls that must survive a stopped engine: they are made again until the vault confirms them. */
export const kEdits: ReadonlySet<EngineMethod> = new Set<EngineMethod>([
  ...kAnswerEdits,
  'attach',
  'detach',
]);

/** Calls after which a draft is no longer open. */
export const kClosers: ReadonlySet<EngineMethod> = new Set<EngineMethod>([
  'closeDraft',
  'deleteDraft',
  'submit',
]);

/** Calls after which the drafts that were open are not any more. */
export const kVaultClosers: ReadonlySet<EngineMethod> = new Set<EngineMethod>([
  'wipe',
  'lockVault',
  'unlockPerson',
  'addPerson',
  'leaveDevice',
  'restore',
]);

function member(params: unknown, name: 'draft_id' | 'locale'): string {
  if (typeof params !== 'object' || params === null) return '';
  const value: unknown = (params as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}

/** The draft a request names; empty when it names none. */
export function draftIdOf(params: unknown): string {
  return member(params, 'draft_id');
}

/** The locale a request names; empty when it names none. */
export function localeOf(params: unknown): string {
  return member(params, 'locale');
}
