import type { PluralText } from '../../locales/locale-strings.ts';

/** The words of the inspector. Names of states, causes and frames are the protocol's own, and not translated. */
export interface InspectorStrings {
  heading: string;
  pause: string;
  resume: string;
  clear: string;
  save: string;
  open: string;
  live: string;
  play: string;
  stop: string;
  earlier: string;
  later: string;
  position: string;
  step: string;
  connection: string;
  outbox: string;
  cursors: string;
  frames: string;
  transcript: string;
  durable: string;
  fleeting: string;
  drains: string;
  idle: string;
  nothingWaits: string;
  nothingSeen: string;
  nothingSaid: string;
  noClient: string;
  allTypes: string;
  filter: string;
  copy: string;
  copied: string;
  notCopied: string;
  sent: string;
  received: string;
  older: PluralText;
  replaying: string;
  unreadable: string;
  onItsWay: string;
  refused: string;
  stream: string;
  place: string;
  command: string;
}
