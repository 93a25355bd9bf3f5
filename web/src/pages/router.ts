/** Which page an address shows. Addresses hold the names of pages and random ids, never an answer. */
import { createStore } from '../forms/store';
import type { Store } from '../forms/store';

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'new' }
  | { readonly page: 'draft'; readonly draft: string }
  | { readonly page: 'section'; readonly draft: string; readonly section: number }
  | { readonly page: 'check'; readonly draft: string }
  | { readonly page: 'declare'; readonly draft: string }
  | { readonly page: 'changes'; readonly draft: string }
  | { readonly page: 'move'; readonly draft: string }
  | { readonly page: 'bring' }
  | { readonly page: 'verify' }
  | { readonly page: 'hand-in' }
  | { readonly page: 'sent'; readonly submission: string }
  | { readonly page: 'receipt'; readonly submission: string }
  | { readonly page: 'help' }
  | { readonly page: 'locking' }
  | { readonly page: 'backup' }
  | { readonly page: 'sheet' }
  | { readonly page: 'restore' }
  | { readonly page: 'versions'; readonly draft: string };

/** Random ids as the engine makes them. */
const kId = /^[A-Za-z0-9_-]{1,64}$/;

/** Pages whose address is their name. */
const kPlain = [
  'new',
  'bring',
  'verify',
  'hand-in',
  'help',
  'locking',
  'backup',
  'sheet',
  'restore',
] as const;

/** Pages of one draft, by the end of their address. */
const kOfDraft = ['check', 'declare', 'move', 'changes', 'versions'] as const;

/** The route behind a hash such as "#/draft/x/section/2"; unknown addresses show the home page. */
export function parseRoute(hash: string): Route {
  const [page, id, part, number] = hash.replace(/^#\/?/, '').split('/');
  const plain = kPlain.find((name) => name === page);
  if (plain !== undefined) return { page: plain };
  if (id === undefined || !kId.test(id)) return { page: 'home' };
  if (page === 'sent' || page === 'receipt') return { page, submission: id };
  if (page !== 'draft') return { page: 'home' };
  const named = kOfDraft.find((name) => name === part);
  if (named !== undefined) return { page: named, draft: id };
  if (part === 'section' && number !== undefined && /^\d{1,3}$/.test(number)) {
    return { page: 'section', draft: id, section: Number(number) };
  }
  return { page: 'draft', draft: id };
}

/** The hash of a route, for links. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'home':
      return '#/';
    case 'new':
    case 'bring':
    case 'verify':
    case 'hand-in':
    case 'help':
    case 'locking':
    case 'backup':
    case 'sheet':
    case 'restore':
      return `#/${route.page}`;
    case 'sent':
    case 'receipt':
      return `#/${route.page}/${route.submission}`;
    case 'draft':
      return `#/draft/${route.draft}`;
    case 'section':
      return `#/draft/${route.draft}/section/${route.section}`;
    case 'check':
    case 'declare':
    case 'changes':
    case 'move':
    case 'versions':
      return `#/draft/${route.draft}/${route.page}`;
  }
}

/** Pages that show nothing of the vault. */
export function isOpenWhileLocked({ page }: Route): boolean {
  return page === 'help' || page === 'verify' || page === 'hand-in' || page === 'restore';
}

/** The draft a route belongs to, or null. */
export function draftOf(route: Route): string | null {
  return 'draft' in route ? route.draft : null;
}

export interface Router {
  readonly route: Store<Route>;
  go(route: Route): void;
  /** Goes there without leaving this page in the history: back must not lead to a finished step. */
  replace(route: Route): void;
}

/** Follows the window's hash until `signal` is aborted. */
export function startRouter(signal: AbortSignal): Router {
  const route = createStore<Route>(parseRoute(location.hash));
  const follow = (): void => {
    const next = parseRoute(location.hash);
    if (hrefOf(next) !== hrefOf(route.get())) route.set(next);
  };
  window.addEventListener('hashchange', follow, { signal });
  return {
    route,
    go(next) {
      location.hash = hrefOf(next);
    },
    replace(next) {
      history.replaceState(null, '', hrefOf(next));
      follow();
    },
  };
}
