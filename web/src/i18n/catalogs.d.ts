/** Modules made by `scripts/catalog-plugin.ts` from `i18n/<locale>/`: one chunk per locale and kind. */
declare module 'virtual:landfall-catalogs' {
  type Loader = () => Promise<{ readonly messages: unknown }>;

  /** `portal.json` by locale tag. */
  export const portal: Readonly<Record<string, Loader>>;
  /** `problems.json` and `findings.json` by locale tag; a locale without findings gets the fallback's. */
  export const details: Readonly<Record<string, Loader>>;
}
