/** What only agents need, in one download. */
export { applyToStaff } from '@sahay/protocol/core';
export { InboxModel } from './inbox-model.ts';
