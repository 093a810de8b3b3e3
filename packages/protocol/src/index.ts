/**
 * The Sahay protocol: the types of events, commands, parts and frames, the names of streams, error and close codes.
 *
 * @packageDocumentation
 */
export type * from './generated/types.ts';
export {
  commandLanes,
  commandRoles,
  eventAudiences,
  eventStreams,
  signalDirections,
} from './generated/catalogue.ts';
export { answerProblem, numberLimits, ticked, type AnswerProblem } from './answer-problem.ts';
export { closeCodes, type CloseCode, type CloseReaction } from './close-codes.ts';
export { isBlank } from './is-blank.ts';
// A module of its own: whoever only names streams does not download the catalogue of commands.
export { laneOf } from './lane-of.ts';
export { defaultLimits } from './limits.ts';
export { makeProblem, problemKinds, type ProblemExtras } from './problem.ts';
export { conversationStream, inboxStream, parseStream, userStream, type StreamAddress } from './streams.ts';
export { protocolVersion, subprotocol } from './version.ts';
