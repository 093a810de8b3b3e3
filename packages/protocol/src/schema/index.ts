/** The whole protocol as one JSON Schema (draft-07). */
export { schema } from '../generated/schema.ts';
