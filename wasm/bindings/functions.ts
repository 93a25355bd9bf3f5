/** The modules beside the core, of functions and of identity: loaded when a form needs them, asked by the core in the middle of a call. */

import { instantiate, standardError, streams } from './host';
import type { CoreSource } from './host';
import { WasmTrap } from './trap';

/** What wasm/functions/exports.txt lists: both modules have the same exports. */
interface FunctionExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly lf_functions_version: () => number;
  readonly lf_functions_room: (size: number) => number;
  readonly lf_functions_compute: (what: number) => number;
  readonly lf_functions_answer: () => number;
}

export interface FunctionsModule {
  /** The answer to `what`, a Computation of shared/functions/compute.h. */
  readonly compute: (what: number, args: Uint8Array) => Uint8Array;
}

/** The modules beside the core; what each answers is in shared/functions/compute.h. */
export type SideModule = 'functions' | 'identity';

export type SideModules = Partial<Record<SideModule, FunctionsModule>>;

const kFunctionsVersion = 1;
const kNobodyThere = -1;
/** The first Computation that the module of identity answers. */
const kFirstOfIdentity = 64;

/** The modules that a `functions_needed` names in its `offset`, a bit each. */
export function neededModules(offset: number): SideModule[] {
  const named: readonly (readonly [number, SideModule])[] = [
    [1, 'functions'],
    [2, 'identity'],
  ];
  return named.filter(([bit]) => (offset & bit) !== 0).map(([, name]) => name);
}

/**
 * Makes one instance of a module beside the core.
 *
 * @throws WasmTrap `core_abi_mismatch` for a module of another version; `WebAssembly.CompileError`
 * and `LinkError` for bytes that are no such module; the signal's reason when aborted.
 */
export async function loadFunctions(
  source: CoreSource,
  signal?: AbortSignal,
): Promise<FunctionsModule> {
  signal?.throwIfAborted();
  let exports: FunctionExports | null = null;
  const memory = (): WebAssembly.Memory => {
    if (exports === null) throw new WasmTrap('core_trap', 'the module wrote before it was linked');
    return exports.memory;
  };
  const instance = await instantiate(source, streams(memory, standardError()));
  signal?.throwIfAborted();
  const linked = instance.exports as unknown as FunctionExports;
  exports = linked;
  linked._initialize();
  const version = linked.lf_functions_version();
  if (version !== kFunctionsVersion) {
    throw new WasmTrap('core_abi_mismatch', `functions ${String(version)}`);
  }
  return {
    compute: (what, args) => {
      const room = linked.lf_functions_room(args.length);
      // Fresh views: each call may have grown, and so detached, the memory.
      new Uint8Array(linked.memory.buffer, room, args.length).set(args);
      const size = linked.lf_functions_compute(what);
      return new Uint8Array(linked.memory.buffer, linked.lf_functions_answer(), size);
    },
  };
}

/** The core's import: arguments are copied out of its memory, the answer is copied into it. */
export function computeWith(
  memory: () => WebAssembly.Memory,
  modules: SideModules,
): (what: number, args: number, size: number, answer: number, room: number) => number {
  return (what, args, size, answer, room) => {
    const loaded = what < kFirstOfIdentity ? modules.functions : modules.identity;
    if (loaded === undefined) return kNobodyThere;
    const bytes = loaded.compute(what, new Uint8Array(memory().buffer, args >>> 0, size >>> 0));
    new Uint8Array(memory().buffer, answer >>> 0, room >>> 0).set(bytes);
    return bytes.length;
  };
}
