/** An open form: the engine's contract with whoever shows it. */

import { callForJson, callForText, mapResult, release } from './calls';
import type { CoreResult } from './calls';
import type { CoreModule } from './module';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [member: string]: JsonValue };

export interface Finding {
  readonly path: string;
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly params: Readonly<Record<string, string>>;
}

/** What a page needs of one node after a change. */
export interface NodeState {
  readonly path: string;
  readonly relevant: boolean;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly value: JsonValue;
  readonly findings: readonly Finding[];
  /** Names of the choices a choice filter leaves; absent when the whole list applies. */
  readonly choices?: readonly string[];
  readonly calculated?: boolean;
  /** What the arguments of the node's texts stand for. */
  readonly outputs?: Readonly<Record<string, string>>;
}

/** What became of one answer of an earlier version; paths without positions, `reason` a text key or a code. */
export interface MigrationStep {
  readonly kind: 'kept' | 'renamed' | 'asked_again' | 'dropped' | 'new';
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
}

/**
 * `as_of` is a date, `time_zone` an IANA name; `answers` as `allAnswers` gave them, in the version
 * `answers_version` of the form where that is not the package's own.
 */
export interface FormOptions {
  readonly as_of: string;
  readonly time_zone: string;
  /** At most 32 bytes that nobody else has: what the form's uuid() and random() are drawn from. */
  readonly seed?: string;
  readonly answers?: JsonValue;
  readonly answers_version?: string;
}

export interface Verdict {
  readonly status: 'incomplete' | 'complete' | 'with_warnings';
  readonly findings: readonly Finding[];
}

export interface Fee {
  readonly amount: number;
  readonly currency: string;
  readonly fee_code: string;
}

export interface OpenForm<Description> {
  /** For calls of the core that take a form. */
  readonly handle: number;
  readonly description: Description;
  /** Every node's state at opening. */
  readonly nodes: readonly NodeState[];
  /** What was carried over from `answers_version`; empty where that is the package's own. */
  readonly migration: readonly MigrationStep[];
  /** Answers one question; the nodes whose state differs come back. `null` takes the answer away. */
  readonly set: (path: string, value: JsonValue) => CoreResult<readonly NodeState[]>;
  /** Canonical JSON of the relevant answers. */
  readonly answers: () => CoreResult<string>;
  /** JSON of everything typed, hidden answers too: what a draft keeps. */
  readonly allAnswers: () => CoreResult<string>;
  readonly check: () => CoreResult<Verdict>;
  readonly fee: () => CoreResult<Fee>;
  /** Gives the form's memory back; no other call may follow. */
  readonly free: () => void;
}

interface Opened<Description> {
  readonly form: number;
  readonly description: Description;
  readonly migration?: readonly MigrationStep[];
  readonly state: { readonly nodes: readonly NodeState[] };
}

/** Opens a published package (its exact bytes). @throws WasmTrap */
export function openForm<Description>(
  module: CoreModule,
  packageBytes: Uint8Array,
  options: FormOptions,
): CoreResult<OpenForm<Description>> {
  const opened = callForJson<Opened<Description>>(
    module,
    'lf_form_open',
    packageBytes,
    JSON.stringify(options),
  );
  return mapResult(opened, ({ form, description, migration, state }) => ({
    handle: form,
    description,
    nodes: state.nodes,
    migration: migration ?? [],
    set: (path: string, value: JsonValue) =>
      mapResult(
        callForJson<{ readonly changes: readonly NodeState[] }>(
          module,
          'lf_form_set',
          form,
          JSON.stringify({ path, value }),
        ),
        ({ changes }) => changes,
      ),
    answers: () => callForText(module, 'lf_form_answers', form),
    allAnswers: () => callForText(module, 'lf_form_all_answers', form),
    check: () => callForJson<Verdict>(module, 'lf_form_check', form),
    fee: () => callForJson<Fee>(module, 'lf_form_fee', form),
    free: () => {
      release(module, 'lf_form_free', form);
    },
  }));
}
