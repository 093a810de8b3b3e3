import type { SupportClient } from '@sahay/client';
import { createContext, createElement, useContext, type ReactNode } from 'react';

const SupportContext = createContext<SupportClient | undefined>(undefined);

/** What `<SupportProvider>` takes. */
export interface SupportProviderProps {
  /** Made once, outside of components: it outlives them. */
  client: SupportClient;
  children?: ReactNode;
}

/**
 * Gives a client to the hooks below it.
 *
 * @example
 * const client = createSupportClient({ url: 'https://support.example.com' });
 * <SupportProvider client={client}><App /></SupportProvider>
 */
export function SupportProvider({ client, children }: SupportProviderProps): ReactNode {
  return createElement(SupportContext, { value: client }, children);
}

/**
 * The client of the nearest `<SupportProvider>`.
 *
 * @throws Error when there is none above
 */
export function useSupportClient(): SupportClient {
  const client = useContext(SupportContext);
  if (!client)
    throw new Error(
      'There is no support client here. Put <SupportProvider client={…}> above this component.',
    );
  return client;
}
