/**
 * What no ordinary conversation needs, in one download: what to do when the backend refuses something, when a token runs
 * out, when somebody asks for more than to talk. It is fetched as soon as a connection stands, because browsers never try
 * again to load a module that could not be loaded, and trouble comes when the network is gone.
 */
import { askOf, lateShapes } from '@sahay/protocol/validate';

// What is read from here on is looked over as well.
askOf(lateShapes);

export { applyToConversation, applyToMessage, applyToUser } from '@sahay/protocol/core';
export { keepAlive } from './connection/keep-alive.ts';
export { endedBy, failedBy } from './connection/ending.ts';
export { sendReadMark } from './conversation/receipt-sender.ts';
export * as verbs from './conversation/verbs.ts';
export * as deeds from './deeds.ts';
export { refresh } from './identity/refresh.ts';
export { DrainLock } from './outbox/drain-lock.ts';
export { leaveResult, resultLeft } from './outbox/left-result.ts';
export { adoptSubject } from './session/adopt-subject.ts';
export { claimFirst } from './session/claim-first.ts';
export * as trouble from './outbox/trouble.ts';
export { authorised } from './sahay-connector/request.ts';
export { refusalOf } from './sahay-connector/refusal.ts';
export { untilOnline } from './session/until-online.ts';
export { StreamText } from './store/stream-text.ts';
