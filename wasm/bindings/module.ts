/** Loads the core module: its whole import object, and the guard that turns a trap into a WasmTrap. */

import { WasmTrap } from './trap';
import type { TrapCode } from './trap';

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
}

/** A compiled module, its bytes, or the response that carries them (compiled while it arrives). */
export type CoreSource = WebAssembly.Module | BufferSource | Response | Promise<Response>;

const kAbiVersion = 1;
const kMaxDetailBytes = 512;
const kErrnoSeekOnPipe = 70;

interface StandardError {
  write(bytes: Uint8Array): void;
  text(): string;
}

function standardError(): StandardError {
  let kept = new Uint8Array(0);
  return {
    write(bytes) {
      const joined = new Uint8Array(kept.length + bytes.length);
      joined.set(kept);
      joined.set(bytes, kept.length);
      kept = joined.subarray(Math.max(0, joined.length - kMaxDetailBytes));
    },
    text: () => new TextDecoder().decode(kept).trim(),
  };
}

function importObject(
  memory: () => WebAssembly.Memory,
  errors: StandardError,
): WebAssembly.Imports {
  const writeVectors = (fd: number, vectors: number, count: number, written: number): number => {
    const view = new DataView(memory().buffer);
    let total = 0;
    for (let i = 0; i < count; i += 1) {
      const start = view.getUint32(vectors + 8 * i, true);
      const size = view.getUint32(vectors + 8 * i + 4, true);
      if (fd === 2) errors.write(new Uint8Array(memory().buffer.slice(start, start + size)));
      total += size;
    }
    view.setUint32(written, total, true);
    return 0;
  };
  return {
    env: { emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: {
      fd_write: writeVectors,
      fd_close: () => 0,
      fd_seek: () => kErrnoSeekOnPipe,
      proc_exit: (code: number) => {
        throw new WebAssembly.RuntimeError(`exit ${String(code)}`);
      },
    },
  };
}

async function instantiate(
  source: CoreSource,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Instance> {
  const given = await source;
  if (given instanceof WebAssembly.Module) return WebAssembly.instantiate(given, imports);
  if (typeof Response !== 'undefined' && given instanceof Response) {
    return (await WebAssembly.instantiateStreaming(given, imports)).instance;
  }
  return (await WebAssembly.instantiate(given as BufferSource, imports)).instance;
}

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
  const instance = await instantiate(source, importObject(memory, errors));
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
  return { exports: linked, trapped: () => trap, guard };
}
