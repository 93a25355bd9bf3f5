/** What the build puts in place of names: see web/scripts/build-inputs.ts. */

/** The agency root public key, base64url; empty in a development build made without one. */
declare const __LANDFALL_ROOT_KEY__: string;
declare const __LANDFALL_ROOT_CERTIFICATES__: readonly string[];

/** True when the build was made with `--development`. */
declare const __LANDFALL_DEVELOPMENT__: boolean;

/** Where the modules lie, content-hashed; empty when they were not built. */
declare module 'virtual:landfall-wasm' {
  export const wasmUrl: string;
  /** The modules that only some forms need. */
  export const functionsUrl: string;
  export const identityUrl: string;
  /** The module of the vault, that only those who protect it or take it elsewhere need. */
  export const vaultUrl: string;
  /** The module of trust, for what anybody brings to be checked and for the receipt log. */
  export const trustUrl: string;
  /** What makes sealing faster where the browser has vector instructions. */
  export const vectorUrl: string;
}

declare module '*.css';

declare module '*?worker' {
  const WorkerConstructor: new (options?: { name?: string }) => Worker;
  export { WorkerConstructor as default };
}

declare module '*?url' {
  const url: string;
  export { url as default };
}
