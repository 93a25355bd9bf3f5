/** Loads the core module: its whole import object, and the guard that turns a trap into a WasmTrap. */

import { computeWith } from './functions';
import type { FunctionsModule, SideModule, SideModules } from './functions';
import { instantiate, standardError, streams } from './host';
import type { CoreSource } from './host';
import { WasmTrap } from './trap';
import type { TrapCode } from './trap';
import type { VectorChaCha20 } from './vector';

/** What wasm/bridge/exports.txt lists. Pointers, lengths and handles are unsigned 32-bit numbers. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly lf_abi_version: () => number;
  readonly lf_alloc: (size: number) => number;
  readonly lf_free: (pointer: number) => void;
  readonly lf_padded_size: (size: number) => number;
  readonly [name: `lf_${string}`]: (...args: number[]) => number | void;
}

export interface CoreModule {
  readonly exports: CoreExports;
  /** The trap that stopped the module, once there is one. */
  readonly trapped: () => WasmTrap | null;
  /** Calls into the module; what stops it stops it for good. @throws WasmTrap */
  readonly guard: <T>(call: () => T) => T;
  /** Lets forms use `loaded`; those that need it answer `functions_needed` before. */
  readonly useFunctions: (name: SideModule, loaded: FunctionsModule) => void;
  /** From now on long messages go through `chacha20`, which must be right: see lendVector. */
  readonly useVector: (chacha20: VectorChaCha20) => void;
}

const kAbiVersion = 1;

/** Memory runs out inside the module, which says so, or when an input is copied into it. */
function trapCode(detail: string, cause: Error): TrapCode {
  const outOfMemory = /out of memory|allocation failed/i;
  return outOfMemory.test(detail) || outOfMemory.test(cause.message)
    ? 'core_out_of_memory'
    : 'core_trap';
}

/**
 * Makes one instance of the core. The same file serves Node, a page and a worker; a `Response` must
 * carry `application/wasm`.
 *
 * @throws WasmTrap `core_abi_mismatch` for a module of another ABI; `WebAssembly.CompileError` and
 * `LinkError` for bytes that are no such module; the signal's reason when aborted.
 */
export async function loadModule(source: CoreSource, signal?: AbortSignal): Promise<CoreModule> {
  signal?.throwIfAborted();
  const errors = standardError();
  let exports: CoreExports | null = null;
  const memory = (): WebAssembly.Memory => {
    if (exports === null) throw new WasmTrap('core_trap', 'the module wrote before it was linked');
    return exports.memory;
  };
  const modules: SideModules = {};
  let lent: VectorChaCha20 = () => 0;
  const imports = {
    ...streams(memory, errors),
    landfall: {
      compute: computeWith(memory, modules),
      chacha20: ((...args) => lent(...args)) satisfies VectorChaCha20,
    },
  };
  const instance = await instantiate(source, imports);
  signal?.throwIfAborted();
  const linked = instance.exports as unknown as CoreExports;
  exports = linked;

  let trap: WasmTrap | null = null;
  const guard = <T>(call: () => T): T => {
    if (trap !== null) throw trap;
    try {
      return call();
    } catch (cause) {
      // A RangeError is the engine's stack or memory limit, reached inside the module.
      const stopped = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
      if (!stopped) throw cause;
      const detail = errors.text() || (cause instanceof RangeError ? cause.message : '');
      trap = new WasmTrap(trapCode(detail, cause), detail);
      throw trap;
    }
  };

  guard(() => {
    linked._initialize();
  });
  const version = guard(() => linked.lf_abi_version());
  if (version !== kAbiVersion) {
    throw new WasmTrap(
      'core_abi_mismatch',
      `module ${String(version)}, wanted ${String(kAbiVersion)}`,
    );
  }
  return {
    exports: linked,
    trapped: () => trap,
    guard,
    useFunctions: (name, loaded) => {
      modules[name] = loaded;
    },
    useVector: (chacha20) => {
      lent = chacha20;
    },
  };
}
