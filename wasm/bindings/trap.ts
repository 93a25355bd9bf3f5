/** A core module that stopped: it never comes back, its owner makes a new one from what was saved. */

export type TrapCode = 'core_trap' | 'core_out_of_memory' | 'core_abi_mismatch';

/** Thrown by the call that stopped the module and by every later call to the same module. */
export class WasmTrap extends Error {
  override readonly name = 'WasmTrap';
  readonly code: TrapCode;
  /** What the module wrote last: the name of a broken invariant, never anything a person typed. */
  readonly detail: string;

  constructor(code: TrapCode, detail: string) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}
