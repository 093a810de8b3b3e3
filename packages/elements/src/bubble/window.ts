/** The window's chunk: everything that is not needed before somebody shows intent. */
import '../define/chat.ts';
import type { SahayChat } from '../chat/chat.ts';

/** Makes a chat window. */
export const createChat = (): SahayChat => document.createElement('sahay-chat');
