/** Fetches a page's code when the page is first asked for. */
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export type Lazy<P> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly Component: ComponentType<P> }
  | { readonly kind: 'failed' };

/** `load` runs once, as soon as `wanted` is true. */
export function useLazy<P>(wanted: boolean, load: () => Promise<ComponentType<P>>): Lazy<P> {
  const [lazy, setLazy] = useState<Lazy<P>>({ kind: 'waiting' });
  useEffect(() => {
    if (!wanted || lazy.kind === 'here') return;
    load().then(
      (Component) => setLazy({ kind: 'here', Component }),
      () => setLazy({ kind: 'failed' }),
    );
  }, [wanted]);
  return lazy;
}
