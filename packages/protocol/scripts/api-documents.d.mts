import type { Fixture } from '../src/fixtures/fixture.ts';

/** An entry of `routes`: one request that a backend answers. */
export interface RouteEntry {
  route: string;
  id: string;
  section: string;
  answers: Record<string, string | null>;
  errors?: string[];
}
/** An entry of `channels`: a way on which frames travel. */
export interface ChannelEntry {
  channel: string;
  address: string;
  section: string;
}
/** An entry of `webhooks`: what a backend posts. */
export interface WebhookEntry {
  webhook: string;
  section: string;
}
export const table: {
  pages: Record<string, string>;
  routes: RouteEntry[];
  webhooks: WebhookEntry[];
  channels: ChannelEntry[];
};
type Json = Record<string, any>;
export function apiDocuments(parts: { schema: Json; problemKinds: Json; fixtures: readonly Fixture[] }): {
  openapi: Json;
  asyncapi: Json;
};
