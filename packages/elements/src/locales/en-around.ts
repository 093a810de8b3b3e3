import type { AroundStrings } from './locale-strings.ts';

/** English as said around the conversation: menu, end, saving, one's own data, consent, hours. */
export const enAround: AroundStrings = {
  yourConversations: 'Your conversations',
  endConversation: 'End this conversation',
  saveConversation: 'Save the conversation',
  myData: 'My data',
  sound: 'Sound',
  notifyHere: 'Notifications on this device',
  notifyRefused: 'This browser does not allow notifications here. You can allow them in its settings.',
  conversationsNone: 'There are no conversations yet.',
  conversationOpen: 'Open',
  conversationEnded: 'Ended',
  conversationShown: 'Shown now',
  endQuestion: 'End this conversation?',
  endExplained: 'You can still read it afterwards, and begin a new one at any time.',
  endNow: 'End it',

  saveExplained: 'Each file holds everything that was said, in order.',
  saveHtml: 'A page to read or print',
  saveText: 'Plain text',
  saveJson: 'Data that can be checked',
  saveSealed: 'The data holds a chain of checksums: a change made later shows.',
  savedFile: '{name} was saved.',

  dataExplained:
    'This is what is kept of you here. It shows nobody else’s data, and what you do here changes nobody else’s.',
  dataNone: 'Nothing is kept of you here.',
  dataName: 'Name',
  dataConversations: 'Conversations',
  dataMessages: 'Messages',
  dataFiles: 'Files',
  dataContact: 'Contact',
  dataConsents: 'What you agreed to',
  dataAgreed: 'Agreed on {date}',
  dataWithdrawn: 'Not agreed, {date}',
  dataWithdraw: 'Withdraw',
  dataSave: 'Save a copy of my data',
  dataDelete: 'Delete my data',
  dataDeleteQuestion: 'Delete everything that is kept of you?',
  dataDeleteExplained:
    'Your conversations, messages and files are deleted for good, also for the people who answered you. This cannot be undone.',
  dataDeleteYes: 'Delete everything',
  dataDeleted: 'Your data was deleted.',
  dataReceipt: 'Receipt {id}',
  dataReceiptSave: 'Save the receipt',

  consentTitle: 'Before we begin',
  consentPolicy: 'Privacy policy',
  consentNeeded: 'needed',
  consentMissing: 'Without this we cannot begin.',
  consentSignal:
    'Your browser asks sites not to share your data (Global Privacy Control). What is not needed stays off.',
  beginTitle: 'A few things first',
  begin: 'Begin',
  agreeAndBegin: 'Agree and begin',
  fieldName: 'Name',
  fieldEmail: 'E-mail',
  fieldPhone: 'Phone',

  emailTitle: 'Answer by e-mail',
  emailExplained:
    'If the answer comes while you are away, we send it to this address, with a link that brings you back here.',
  emailSave: 'Save the address',
  emailKept: 'Answers also go to {email}.',
};
