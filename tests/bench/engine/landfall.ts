/** The engine through the bindings, as a page's worker calls it: every difference is decoded. */

import { loadFunctions, loadModule, openForm } from '../../../wasm/bindings/index';
import type { CoreResult, JsonValue, OpenForm } from '../../../wasm/bindings/index';

export interface Change {
  readonly path: string;
  readonly value: JsonValue;
}

export interface OpenedForm {
  /** The difference that the change made. */
  readonly set: (change: Change) => readonly unknown[];
  /** The findings of the whole form. */
  readonly check: () => readonly unknown[];
  readonly free: () => void;
}

export interface Participant {
  readonly open: (
    published: Uint8Array,
    options: { as_of: string; time_zone: string },
  ) => OpenedForm;
  readonly memoryBytes: () => number;
}

function valueOf<T>(result: CoreResult<T>, what: string): T {
  if (!result.ok) throw new Error(`${what}: ${result.error.code}`);
  return result.value;
}

/** The bytes of the modules: the core, and what a form with an e-mail address needs beside it. */
export interface Modules {
  readonly core: BufferSource;
  readonly identity: BufferSource;
}

export async function landfall({ core, identity }: Modules): Promise<Participant> {
  const module = await loadModule(core);
  module.useFunctions('identity', await loadFunctions(identity));
  const opened = (form: OpenForm<unknown>): OpenedForm => ({
    set: (change) => valueOf(form.set(change.path, change.value), change.path),
    check: () => valueOf(form.check(), 'check').findings,
    free: () => {
      form.free();
    },
  });
  return {
    open: (published, options) => opened(valueOf(openForm(module, published, options), 'open')),
    memoryBytes: () => module.exports.memory.buffer.byteLength,
  };
}
