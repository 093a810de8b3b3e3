/**
 * Sahay's client as hooks. The components have entries of their own (`/bubble`, `/chat`, `/survey`), so that nobody downloads
 * what she does not draw. Needs React 19; safe to import and to render on a server.
 *
 * @packageDocumentation
 */
'use client';

export type { ElementProps } from './element-component.ts';
export { SupportProvider, useSupportClient, type SupportProviderProps } from './support-client.ts';
export { useConnection, useConversation, useCurrentConversation, useReadable, useUser } from './readables.ts';
