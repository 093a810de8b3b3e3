/**
 * The chat window as a component. Registers `<sahay-chat>`.
 *
 * @packageDocumentation
 */
'use client';

import type { SupportClient } from '@sahay/client';
import type {
  ActionDetail,
  BeforeSendDetail,
  ChatErrorDetail,
  FormSubmitDetail,
  PartDetail,
  SahayChat,
  SendDetail,
  UnreadChangeDetail,
} from '@sahay/elements';
import '@sahay/elements/define/chat';
import { elementComponent, type ElementProps } from './element-component.ts';

/** What `<Chat>` takes: the properties of `<sahay-chat>`, and its events. */
export interface ChatProps extends ElementProps<SahayChat> {
  server?: string | undefined;
  client?: SupportClient | undefined;
  heading?: string | undefined;
  closable?: boolean | undefined;
  onReady?: (event: CustomEvent<undefined>) => void;
  /** Cancel it to keep the message in the field. */
  onBeforeSend?: (event: CustomEvent<BeforeSendDetail>) => void;
  onSend?: (event: CustomEvent<SendDetail>) => void;
  onUnreadChange?: (event: CustomEvent<UnreadChangeDetail>) => void;
  onError?: (event: CustomEvent<ChatErrorDetail>) => void;
  onClose?: (event: CustomEvent<undefined>) => void;
  /** Cancel it to draw the part yourself, in an element with its `slot`. */
  onPart?: (event: CustomEvent<PartDetail>) => void;
  /** Cancel it to do yourself what the button stands for. */
  onAction?: (event: CustomEvent<ActionDetail>) => void;
  /** Cancel it to send the answers yourself. */
  onFormSubmit?: (event: CustomEvent<FormSubmitDetail>) => void;
}

/**
 * The chat window, where you put it.
 *
 * @example <Chat client={client} onSend={({ detail }) => track(detail.conversationId)} />
 */
export const Chat = elementComponent<ChatProps>('sahay-chat', {
  events: {
    onReady: 'sahay-ready',
    onBeforeSend: 'sahay-before-send',
    onSend: 'sahay-send',
    onUnreadChange: 'sahay-unread-change',
    onError: 'sahay-error',
    onClose: 'sahay-close',
    onPart: 'sahay-part',
    onAction: 'sahay-action',
    onFormSubmit: 'sahay-form-submit',
  },
});
