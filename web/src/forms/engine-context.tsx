/** Hands the engine to the fields that talk to it themselves: documents. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Engine } from './engine-port';

const EngineContext = createContext<Engine | null>(null);
export const EngineProvider = EngineContext.Provider;

/** @throws when used outside the provider, a programmer's error. */
export function useEngine(): Engine {
  const engine = useContext(EngineContext);
  if (!engine) throw new Error('useEngine needs an EngineProvider above it');
  return engine;
}
