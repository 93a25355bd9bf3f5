/** The built core module, and values that the tests share. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFunctions, loadModule, loadTrust, loadVault } from '@landfall/bindings/index.ts';
import type {
  CoreModule,
  CoreResult,
  FunctionsModule,
  SideModule,
  TrustModule,
  VaultModule,
} from '@landfall/bindings/index.ts';

const kRepository = fileURLToPath(new URL('../../..', import.meta.url));

const kWasm =
  process.env['LANDFALL_WASM'] ?? path.join(kRepository, 'build/wasm/bin/landfall.wasm');

/** A new instance of the module the build made, with nothing beside it. */
export async function bareModule(): Promise<CoreModule> {
  return loadModule(new Uint8Array(readFileSync(kWasm)));
}

/** A new instance of the module the build made, with the module of identity beside it. */
export async function builtModule(): Promise<CoreModule> {
  const module = await bareModule();
  module.useFunctions('identity', await builtFunctions('identity'));
  return module;
}

/** A new instance of a module beside the core. */
export async function builtFunctions(name: SideModule): Promise<FunctionsModule> {
  return loadFunctions(builtFile(`landfall-${name}`));
}

/** The module of the vault, compiled: instances are made of it. */
export async function compiledVault(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(builtFile('landfall-vault'));
}

/** A new instance of the module of the vault. */
export async function builtVault(): Promise<VaultModule> {
  return loadVault(await compiledVault());
}

/** What the build made beside the core by the name of `file`. */
export function builtFile(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path.join(path.dirname(kWasm), `${file}.wasm`)));
}

/** A new instance of the module of trust. */
export async function builtTrust(): Promise<TrustModule> {
  return loadTrust(builtFile('landfall-trust'));
}

/** The value of a result that must have one. */
export function valueOf<T>(result: CoreResult<T>): T {
  if (!result.ok)
    throw new Error(`refused: ${result.error.code} at ${String(result.error.offset)}`);
  return result.value;
}

/** The code of a result that must not have a value. */
export function codeOf(result: CoreResult<unknown>): string {
  return result.ok ? 'accepted' : result.error.code;
}

/** `size` bytes that are the same in every run: entropy for tests only. */
export function fixedBytes(size: number, seed = 7): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => (index * 31 + seed * 101) % 251);
}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
