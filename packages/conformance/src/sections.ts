/** A chapter of the specification. */
export interface Chapter {
  number: string;
  title: string;
  /** Its page, in the specification's folder. */
  page: string;
}

/** Where the specification is published. */
export const specification = 'https://github.com/sahay-chat/sahay/blob/main/docs/protocol/';

const chapters: Readonly<Record<string, Omit<Chapter, 'number'>>> = {
  '2': { title: 'Data', page: 'data.md' },
  '3': { title: 'Streams and resume', page: 'streams.md' },
  '4': { title: 'Commands and lanes', page: 'commands.md' },
  '5': { title: 'The rules of a conversation', page: 'conversation.md' },
  '6': { title: 'Streaming', page: 'streaming.md' },
  '7': { title: 'Signals', page: 'signals.md' },
  '8': { title: 'Transports', page: 'transports.md' },
  '9': { title: 'HTTP', page: 'http.md' },
  '10': { title: 'Identity', page: 'identity.md' },
  '11': { title: 'Attachments', page: 'attachments.md' },
  '12': { title: 'Errors and close codes', page: 'errors.md' },
  '13': { title: 'Versions and capabilities', page: 'versions.md' },
};

/** The numbered sections that checks stand for, as they are called in the specification. */
export const sections = {
  '2.3': 'What is not named',
  '2.5': 'Nesting',
  '2.7': 'Parts',
  '3.2': 'Events',
  '3.3': 'Audience',
  '3.7': 'Subscribing',
  '3.8': 'When a cursor fits',
  '3.9': 'Snapshots',
  '3.10': 'Reading',
  '3.11': 'History',
  '4.2': 'Lanes',
  '4.3': 'What a number leads to',
  '4.4': 'An acknowledgement means on disk',
  '4.5': 'Refusals',
  '4.8': 'Commands in flight',
  '4.9': 'An outbox has one subject',
  '4.10': 'After a change of outbox',
  '5.1': 'Who may do what',
  '5.2': 'Control',
  '5.4': 'What may be said',
  '5.7': 'Receipts',
  '5.8': 'The close',
  '5.9': 'Surveys',
  '5.10': 'Consent',
  '5.11': 'Invitations',
  '5.15': 'Export and erasure',
  '6.2': 'Pieces',
  '6.4': 'Endings',
  '6.5': 'Coming in the middle',
  '6.6': 'Cancelling',
  '6.7': 'Producers that die',
  '7.2': 'Typing',
  '7.3': 'Queue and availability',
  '7.4': 'Presence',
  '8': 'Transports',
  '8.1': 'The socket',
  '8.3': 'Event stream',
  '8.4': 'Long-poll',
  '8.5': 'Falling back',
  '9.2': 'Discovery',
  '9.9': 'Asking too often',
  '9.11': 'Webhooks',
  '9.15': 'Search',
  '10.1': 'Anonymous visitors',
  '10.3': 'Where a token stands',
  '10.4': 'A changed subject',
  '10.5': 'Linking',
  '11.2': 'Putting',
  '12.1': 'Problem documents',
  '12.3': 'Close codes',
  '12.4': 'Backing off',
  '13.1': 'Versions',
  '13.3': 'Capabilities',
} as const;

/** The number of a section that has checks. */
export type SectionNumber = keyof typeof sections;

/** The chapter that a section stands in. */
export function chapterOf(section: SectionNumber): Chapter {
  const number = section.split('.')[0] ?? '';
  const chapter = chapters[number];
  if (!chapter) throw new Error(`The section ${section} is in no chapter that is known here.`);
  return { number, ...chapter };
}

/** Where a section is published. */
export function addressOf(section: SectionNumber): string {
  const number = section.includes('.') ? section : `${section}.`;
  const heading = `${number} ${sections[section]}`.toLowerCase().replace(/[^a-z0-9 -]/g, '');
  return `${specification}${chapterOf(section).page}#${heading.replaceAll(' ', '-')}`;
}
