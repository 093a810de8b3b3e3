/* What reads a conversation aloud; it arrives with the conversation, since nothing is news before that. */
export { Announcer } from '../internal/announcer.ts';
export { TranscriptVoice } from './transcript-voice.ts';
