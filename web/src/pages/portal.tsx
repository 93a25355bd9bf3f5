/** What every page shares: the engine, the vault's state, the outbox, the network, the way to other pages. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { BootState, LogAlarm, OutboxSummary, ProblemCode } from '../engine/protocol';
import type { Engine } from '../forms/engine-port';
import type { Store } from '../forms/store';
import type { AppUpdate } from '../sw/register';
import type { InstallPrompt } from './install';
import type { Router } from './router';

export type Boot =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly state: BootState }
  | { readonly kind: 'failed'; readonly reason: ProblemCode };

export interface Portal {
  readonly engine: Engine;
  readonly router: Router;
  readonly boot: Store<Boot>;
  readonly outbox: Store<readonly OutboxSummary[]>;
  /** What is wrong with the receipt log: shown on every page until the person leaves. */
  readonly logAlarms: Store<readonly LogAlarm[]>;
  readonly online: Store<boolean>;
  /** Counts changes of the list of forms, so that pages ask again. */
  readonly formsTurn: Store<number>;
  /** The last restart of the engine, until the person closed the notice. */
  readonly restart: Store<{ readonly reason: ProblemCode; readonly forGood: boolean } | null>;
  readonly update: Store<AppUpdate | null>;
  readonly offlineReady: Store<boolean>;
  readonly install: Store<InstallPrompt | null>;
  /** Switches the language; the open page stays as it is. */
  setLocale(tag: string): void;
  /** Asks the engine anew where the vault stands. */
  reboot(): Promise<void>;
  /** Where "change" on the check page wants the focus to land; taken once. */
  focusTarget: { path: string; then: 'check' } | null;
  /** Whose vault this tab had open last: an address of theirs is nobody else's. */
  lastPerson: string | null;
}

const PortalContext = createContext<Portal | null>(null);
export const PortalProvider = PortalContext.Provider;

/** @throws when used outside the provider, a programmer's error. */
export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('usePortal needs a PortalProvider above it');
  return portal;
}
