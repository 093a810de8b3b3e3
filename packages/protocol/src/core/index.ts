/**
 * The pure core: the rules of a conversation, without I/O. Commands are decided into events, events are folded into
 * state. The reference backend, the mocks and the client's reducers share it.
 *
 * @packageDocumentation
 */
export { applyToConversation, type Fact } from './apply-conversation.ts';
export { applyToInbox, emptyInboxState, type InboxState } from './apply-inbox.ts';
export { applyToMessage } from './apply-message.ts';
export { applyToStaff, emptyStaffState } from './apply-staff.ts';
export { applyToUser, type UserState } from './apply-user.ts';
export {
  emptyUserState,
  isTalk,
  messageIdOf,
  talkOfConversation,
  talkOfMessage,
  talkOfUser,
} from './talk.ts';
export { decide, decideForUser, refusalByCatalogue } from './decide/index.ts';
export { hasConsent } from './decide/user.ts';
export { decideElapsed, type Elapsed } from './decide/elapsed.ts';
export { bounds } from './bounds.ts';
export { FrameSession, type FrameLine, type FrameSessionHost } from './frame-session.ts';
export { hoursAt, weekdays, type HoursState } from './hours/hours-at.ts';
export { readOpeningHours } from './hours/read-opening-hours.ts';
export { folded, messageText, saysWords } from './search.ts';
export type { Reading, SettingError } from './settings/reading.ts';
export { policyWith, visitorSettings } from './settings/policy-with.ts';
export { readSettings, settingSections } from './settings/read-settings.ts';
export { isTimeZone } from './hours/zoned-time.ts';
export { inboxEntryOf, messagePreview, visitorAs } from './inbox-entry.ts';
export { admit, canonical, recentResults, type Admission, type Lane } from './lane.ts';
export { MemoryBackend, type MemoryBackendOptions } from './memory-backend.ts';
export { mayRead } from './may-read.ts';
export {
  eraseInConversation,
  eraseInUser,
  identifyInConversation,
  identifyInMessage,
  rewritesHistory,
} from './apply-rewrite.ts';
export type {
  Actor,
  ConsentGate,
  ConversationView,
  Decision,
  Environment,
  EventTarget,
  FormerVisitor,
  NewEvent,
  Policy,
  UserView,
} from './types.ts';
export { deeperThan, wellFormed } from './well-formed.ts';
