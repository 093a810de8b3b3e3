/** The validators for servers and for the conformance kit: Ajv over the same schema, with full messages. */
import { Ajv, type ValidateFunction } from 'ajv';
import { schema } from '../generated/schema.ts';
import type {
  ClientFrame,
  Command,
  Discovery,
  LogEvent,
  MessagePage,
  ServerFrame,
  Session,
  Welcome,
} from '../generated/types.ts';
import type { Verdict } from '../validate/index.ts';
import { explain } from './explain.ts';

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  keywords: ['x-stream'],
});
ajv.addSchema(schema);

/** A validator of any one definition of the schema, such as `Message`. */
export function validatorOf<T>(definition: string): (value: unknown) => Verdict<T> {
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= ajv.getSchema(`${schema.$id}#/definitions/${definition}`) as ValidateFunction | undefined;
    if (!compiled) throw new Error(`The schema has no definition "${definition}".`);
    if (compiled(value)) return { valid: true, value: value as T };
    return { valid: false, error: explain(compiled.errors ?? []) };
  };
}

/** Checks a frame that came from a server. */
export const validateServerFrame = validatorOf<ServerFrame>('ServerFrame');
/** Checks a frame that came from a client. */
export const validateClientFrame = validatorOf<ClientFrame>('ClientFrame');
/** Checks one event. */
export const validateEvent = validatorOf<LogEvent>('LogEvent');
/** Checks one command. */
export const validateCommand = validatorOf<Command>('Command');
/** Checks the document at `/.well-known/sahay`. */
export const validateDiscovery = validatorOf<Discovery>('Discovery');
/** Checks the answer to `GET /v1/welcome`. */
export const validateWelcome = validatorOf<Welcome>('Welcome');
/** Checks the answer to `POST /v1/sessions`. */
export const validateSession = validatorOf<Session>('Session');
/** Checks a page of earlier messages. */
export const validateMessagePage = validatorOf<MessagePage>('MessagePage');
export { readClientFrame, type NumberedCommand, type ReadFrame } from '../validate/read-client-frame.ts';
