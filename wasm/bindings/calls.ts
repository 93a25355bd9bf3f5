/** One call across the boundary: inputs copied in, the result copied out, everything freed. */

import type { CoreModule } from './module';
import { WasmTrap } from './trap';

/** What an operation of the core could not do; `code` is a name of shared/base/error_codes.def. */
export interface CoreError {
  readonly code: string;
  readonly offset: number;
}

export type CoreResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CoreError };

/** A number is passed as it is (a handle); bytes and text are passed as pointer and length. */
export type CallArgument = number | Uint8Array | string;

export type ResultCall = `lf_${string}`;

function copyIn(module: CoreModule, bytes: Uint8Array, allocated: number[]): [number, number] {
  const pointer = module.exports.lf_alloc(bytes.length);
  if (pointer === 0) throw new RangeError('out of memory');
  allocated.push(pointer);
  // Fresh view: the allocation may have grown, and so detached, the memory.
  new Uint8Array(module.exports.memory.buffer, pointer, bytes.length).set(bytes);
  return [pointer, bytes.length];
}

function flatten(module: CoreModule, args: readonly CallArgument[], allocated: number[]): number[] {
  const encoder = new TextEncoder();
  return args.flatMap((arg) => {
    if (typeof arg === 'number') return [arg];
    return copyIn(module, typeof arg === 'string' ? encoder.encode(arg) : arg, allocated);
  });
}

function exported(module: CoreModule, name: ResultCall): (...args: number[]) => number {
  const found = module.exports[name];
  if (typeof found !== 'function') throw new WasmTrap('core_abi_mismatch', `no export ${name}`);
  return found as (...args: number[]) => number;
}

function copyOut(module: CoreModule, result: number): Uint8Array {
  const pointer = exported(module, 'lf_result_data')(result);
  const size = exported(module, 'lf_result_size')(result);
  return new Uint8Array(module.exports.memory.buffer.slice(pointer, pointer + size));
}

/** Calls `name` and returns the bytes it answered. @throws WasmTrap */
export function callForBytes(
  module: CoreModule,
  name: ResultCall,
  ...args: readonly CallArgument[]
): CoreResult<Uint8Array> {
  return module.guard(() => {
    const allocated: number[] = [];
    let result = 0;
    try {
      result = exported(module, name)(...flatten(module, args, allocated));
      const data = copyOut(module, result);
      if (exported(module, 'lf_result_ok')(result) === 1) return { ok: true, value: data };
      return { ok: false, error: JSON.parse(new TextDecoder().decode(data)) as CoreError };
    } finally {
      // After a trap these calls trap again; the guard keeps the first cause.
      if (result !== 0) exported(module, 'lf_result_free')(result);
      for (const pointer of allocated) module.exports.lf_free(pointer);
    }
  });
}

/** Calls `name` and returns the text it answered. @throws WasmTrap */
export function callForText(
  module: CoreModule,
  name: ResultCall,
  ...args: readonly CallArgument[]
): CoreResult<string> {
  const bytes = callForBytes(module, name, ...args);
  return bytes.ok ? { ok: true, value: new TextDecoder().decode(bytes.value) } : bytes;
}

/** Calls `name` and returns the JSON it answered, of the shape wasm/bridge/README.md lists. @throws WasmTrap */
export function callForJson<T>(
  module: CoreModule,
  name: ResultCall,
  ...args: readonly CallArgument[]
): CoreResult<T> {
  const text = callForText(module, name, ...args);
  return text.ok ? { ok: true, value: JSON.parse(text.value) as T } : text;
}

/** Frees the object behind `handle`; a stopped module has nothing left to free. */
export function release(module: CoreModule, name: ResultCall, handle: number): void {
  if (module.trapped() !== null) return;
  module.guard(() => exported(module, name)(handle));
}

/** Applies `map` to the value of a result that has one. */
export function mapResult<T, U>(result: CoreResult<T>, map: (value: T) => U): CoreResult<U> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}
