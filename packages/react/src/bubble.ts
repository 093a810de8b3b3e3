/**
 * The launcher as a component. Registers `<sahay-bubble>`.
 *
 * @packageDocumentation
 */
'use client';

import type { SupportClient } from '@sahay/client';
import type {
  ActionDetail,
  BeforeSendDetail,
  FormSubmitDetail,
  PartDetail,
  SahayBubble,
  SendDetail,
} from '@sahay/elements';
import '@sahay/elements/define/bubble';
import { elementComponent, type ElementProps } from './element-component.ts';

/** What `<Bubble>` takes: the attributes and properties of `<sahay-bubble>`, and its events. */
export interface BubbleProps extends ElementProps<SahayBubble> {
  server?: string | undefined;
  client?: SupportClient | undefined;
  heading?: string | undefined;
  position?: 'end' | 'start' | undefined;
  /** Distance from the bottom edge, any CSS length. */
  'offset-block'?: string | undefined;
  /** Distance from the side, any CSS length. */
  'offset-inline'?: string | undefined;
  'z-index'?: number | string | undefined;
  /** A selector of what stands at the bottom of the page, such as a cookie banner. */
  avoid?: string | undefined;
  /** `top`: above every z-index, and within reach while a modal dialog is open. */
  layer?: 'auto' | 'top' | undefined;
  teaser?: SahayBubble['teaser'];
  /** Opens and closes it when it changes; absent, the visitor alone does. */
  open?: boolean | undefined;
  onReady?: (event: CustomEvent<undefined>) => void;
  /** Cancel it to keep the window closed. */
  onBeforeOpen?: (event: CustomEvent<undefined>) => void;
  onOpen?: (event: CustomEvent<undefined>) => void;
  /** Cancel it to keep the window open. */
  onBeforeClose?: (event: CustomEvent<undefined>) => void;
  onClose?: (event: CustomEvent<undefined>) => void;
  onUnreadChange?: (event: CustomEvent<{ count: number }>) => void;
  onError?: (event: CustomEvent<{ error: unknown }>) => void;
  /** Cancel it to keep the message in the field. */
  onBeforeSend?: (event: CustomEvent<BeforeSendDetail>) => void;
  onSend?: (event: CustomEvent<SendDetail>) => void;
  /** Cancel it to draw the part yourself, in an element with its `slot`. */
  onPart?: (event: CustomEvent<PartDetail>) => void;
  /** Cancel it to do yourself what the button stands for. */
  onAction?: (event: CustomEvent<ActionDetail>) => void;
  /** Cancel it to send the answers yourself. */
  onFormSubmit?: (event: CustomEvent<FormSubmitDetail>) => void;
}

/**
 * The launcher: a round button that opens the chat window.
 *
 * @example <Bubble server="https://support.example.com" onUnreadChange={({ detail }) => setCount(detail.count)} />
 */
export const Bubble = elementComponent<BubbleProps>('sahay-bubble', {
  attributes: ['open'],
  events: {
    onReady: 'sahay-ready',
    onBeforeOpen: 'sahay-before-open',
    onOpen: 'sahay-open',
    onBeforeClose: 'sahay-before-close',
    onClose: 'sahay-close',
    onUnreadChange: 'sahay-unread-change',
    onError: 'sahay-error',
    onBeforeSend: 'sahay-before-send',
    onSend: 'sahay-send',
    onPart: 'sahay-part',
    onAction: 'sahay-action',
    onFormSubmit: 'sahay-form-submit',
  },
});
