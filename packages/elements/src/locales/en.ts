import { launcherStrings } from './launcher-strings.ts';
import type { LauncherStrings, LocaleStrings, WindowStrings } from './locale-strings.ts';

const window: LauncherStrings & WindowStrings = {
  ...launcherStrings.en,

  title: 'Support',
  statusBot: 'You are talking to a bot',
  statusAgent: 'You are talking to {name}',
  statusOnline: 'People are here to help',
  statusAway: 'Nobody is here right now',
  more: 'More',

  greeting: 'Hello. How can we help?',
  quickReplies: 'Suggested replies',

  composerLabel: 'Message',
  composerPlaceholder: 'Write a message',
  composerEmpty: 'Write something first',
  send: 'Send',
  attach: 'Attach a file',

  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent',
  notSaved: 'Not saved until it is sent. Keep this page open.',

  typing: '{name} is typing',
  typingSomeone: 'Someone is typing',
  typingSeveral: 'Several people are typing',

  bot: 'Bot',
  offline: 'You are offline. Messages are sent when you are back.',
  reconnecting: 'Connection lost. Trying again.',

  errorUnreachable: 'Support cannot be reached right now. We keep trying.',
  errorUnknown: 'Something went wrong. Try again.',
  today: 'Today',
  yesterday: 'Yesterday',
  loading: 'Loading',
  unknownPart: 'This cannot be shown here',
  transcript: 'Messages',
  you: 'You',
  agent: 'Support',
  announceMessage: '{name}: {text}',
};

/**
 * English, the language every other falls back to: what the window says from the first moment. What is said by parts that arrive
 * later arrives with them, by `completeEnglish`.
 */
export const en = window as LocaleStrings;
