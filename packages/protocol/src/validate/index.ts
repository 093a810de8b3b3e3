/**
 * The small validators, for browsers: no `eval`, no runtime but a few combinators.
 * They give the same verdicts as `@sahay/protocol/validate-ajv`, which a differential test holds them to.
 */
import * as shapes from '../generated/shapes.ts';
import type {
  CannedReply,
  ClientFrame,
  Command,
  Discovery,
  LogEvent,
  MessagePage,
  ServerFrame,
  Session,
  Welcome,
} from '../generated/types.ts';
import type { Shape } from './shape.ts';

export { askOf, follows, type Guarded } from './guard.ts';
export { lateGuardTable as lateShapes } from '../generated/late-guard-table.ts';
export { readClientFrame, type NumberedCommand, type ReadFrame } from './read-client-frame.ts';

/** What a validator says: the value, typed; or what is wrong with it and where. */
export type Verdict<T> = { valid: true; value: T } | { valid: false; error: string };

const validator =
  <T>(shape: Shape) =>
  (value: unknown): Verdict<T> => {
    const error = shape(value, '');
    return error ? { valid: false, error } : { valid: true, value: value as T };
  };

/** Checks a frame that came from a server. An event of an unknown type is valid. */
export const validateServerFrame = /* @__PURE__ */ validator<ServerFrame>(shapes.ServerFrame);
/** Checks a frame that came from a client. A command of an unknown type is valid here, and refused by the core. */
export const validateClientFrame = /* @__PURE__ */ validator<ClientFrame>(shapes.ClientFrame);
/** Checks one event. */
export const validateEvent = /* @__PURE__ */ validator<LogEvent>(shapes.LogEvent);
/** Checks one command. */
export const validateCommand = /* @__PURE__ */ validator<Command>(shapes.Command);
/** Checks the document at `/.well-known/sahay`. */
export const validateDiscovery = /* @__PURE__ */ validator<Discovery>(shapes.Discovery);
/** Checks the answer to `GET /v1/welcome`. */
export const validateWelcome = /* @__PURE__ */ validator<Welcome>(shapes.Welcome);
/** Checks the answer to `POST /v1/sessions`. */
export const validateSession = /* @__PURE__ */ validator<Session>(shapes.Session);
/** Checks a page of earlier messages. */
export const validateMessagePage = /* @__PURE__ */ validator<MessagePage>(shapes.MessagePage);
/** Checks one canned reply. */
export const validateCannedReply = /* @__PURE__ */ validator<CannedReply>(shapes.CannedReply);
