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

// Both are stateless here; making one costs as much as a small call.
const encoder = new TextEncoder();
const decoder = new TextDecoder();

// Up to here a text is encoded straight into the module, with room for the longest encoding.
const kMaxDirectText = 1024;

function allocate(module: CoreModule, size: number, allocated: number[]): number {
  const pointer = module.exports.lf_alloc(size);
  if (pointer === 0) throw new RangeError('out of memory');
  allocated.push(pointer);
  return pointer;
}

// Views are made after the allocation, which may have grown, and so detached, the memory.
function copyBytesIn(module: CoreModule, bytes: Uint8Array, allocated: number[]): number {
  const pointer = allocate(module, bytes.length, allocated);
  new Uint8Array(module.exports.memory.buffer, pointer, bytes.length).set(bytes);
  return pointer;
}

function pushText(module: CoreModule, text: string, allocated: number[], flat: number[]): void {
  if (text.length > kMaxDirectText) {
    const bytes = encoder.encode(text);
    flat.push(copyBytesIn(module, bytes, allocated), bytes.length);
    return;
  }
  const room = text.length * 3;
  const pointer = allocate(module, room, allocated);
  const view = new Uint8Array(module.exports.memory.buffer, pointer, room);
  flat.push(pointer, encoder.encodeInto(text, view).written);
}

function flatten(module: CoreModule, args: readonly CallArgument[], allocated: number[]): number[] {
  const flat: number[] = [];
  for (const arg of args) {
    if (typeof arg === 'number') flat.push(arg);
    else if (typeof arg === 'string') pushText(module, arg, allocated, flat);
    else flat.push(copyBytesIn(module, arg, allocated), arg.length);
  }
  return flat;
}

function exported(module: CoreModule, name: ResultCall): (...args: number[]) => number {
  const found = module.exports[name];
  if (typeof found !== 'function') throw new WasmTrap('core_abi_mismatch', `no export ${name}`);
  return found as (...args: number[]) => number;
}

// Calls `name` and gives what `read` makes of the bytes it answered, which lie in the module and are
// gone afterwards.
function callAndRead<T>(
  module: CoreModule,
  name: ResultCall,
  args: readonly CallArgument[],
  read: (data: Uint8Array) => T,
): CoreResult<T> {
  return module.guard(() => {
    const allocated: number[] = [];
    let result = 0;
    try {
      result = exported(module, name)(...flatten(module, args, allocated));
      const pointer = exported(module, 'lf_result_data')(result);
      const size = exported(module, 'lf_result_size')(result);
      const data = new Uint8Array(module.exports.memory.buffer, pointer, size);
      if (exported(module, 'lf_result_ok')(result) === 1) return { ok: true, value: read(data) };
      return { ok: false, error: JSON.parse(decoder.decode(data)) as CoreError };
    } finally {
      // After a trap these calls trap again; the guard keeps the first cause.
      if (result !== 0) exported(module, 'lf_result_free')(result);
      for (const pointer of allocated) module.exports.lf_free(pointer);
    }
  });
}

const copied = (data: Uint8Array): Uint8Array => data.slice();
const decoded = (data: Uint8Array): string => decoder.decode(data);

/** Calls `name` and returns the bytes it answered. @throws WasmTrap */
export function callForBytes(
  module: CoreModule,
  name: ResultCall,
  ...args: readonly CallArgument[]
): CoreResult<Uint8Array> {
  return callAndRead(module, name, args, copied);
}

/** Calls `name` and returns the text it answered. @throws WasmTrap */
export function callForText(
  module: CoreModule,
  name: ResultCall,
  ...args: readonly CallArgument[]
): CoreResult<string> {
  return callAndRead(module, name, args, decoded);
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
