/** Everything the worker takes from outside: time, chance, network, locks, other tabs. */

import type { TrustModule } from '@landfall/bindings/trust';
import type { Core } from './core';
import type { CarriedVault } from './protocol';

export type { AgencyRoot } from '@landfall/bindings/trust';

/** A message to the other tabs of this browser. */
export type TabMessage =
  | { readonly tell: 'outbox-changed' }
  | { readonly tell: 'outbox-wake' }
  | {
      readonly tell: 'outbox-progress';
      readonly submission_id: string;
      readonly progress: SendProgress | null;
    }
  | { readonly tell: 'vault-changed' }
  /** A tab that could open the vault if another one has it open. */
  | { readonly tell: 'vault-asked' }
  | { readonly tell: 'vault-carried'; readonly vault: CarriedVault }
  | { readonly tell: 'packages-changed' };

export interface SendProgress {
  readonly sent_bytes: number;
  readonly total_bytes: number;
  readonly part: number;
  readonly parts: number;
}

export interface TabChannel {
  readonly tell: (message: TabMessage) => void;
  readonly close: () => void;
}

/**
 * Posts a file and tells how much of it is on its way, which fetch cannot. Answers and rejects as
 * fetch does; a redirect is answered as one.
 */
export type Upload = (
  url: string,
  file: Blob,
  type: string,
  told: (sentBytes: number) => void,
  signal: AbortSignal,
) => Promise<Response>;

export interface Surroundings {
  readonly now: () => Date;
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
  readonly fetch: typeof fetch;
  readonly upload: Upload;
  /** Put before paths of the server; empty in the browser. */
  readonly server: string;
  readonly locks: LockManager;
  readonly openChannel: (hear: (message: TabMessage) => void) => TabChannel;
  readonly loadCore: () => Promise<Core>;
  /** The module of the vault, compiled but not yet instantiated; asked for when it is needed. */
  readonly compileVault: () => Promise<WebAssembly.Module>;
  /** The module of trust; asked for when it is needed. */
  readonly loadTrust: () => Promise<TrustModule>;
  /** The agency root key, base64url. */
  readonly rootKey: string;
  /** Certificates between root keys that came with this build. */
  readonly rootCertificates: readonly string[];
  readonly development: boolean;
  readonly storage: () => Promise<{ quota?: number; usage?: number; persisted: boolean }>;
  readonly databaseName: string;
}
