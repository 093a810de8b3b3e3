/**
 * The survey as a component. Registers `<sahay-survey>`.
 *
 * @packageDocumentation
 */
'use client';

import type { ConversationHandle } from '@sahay/client';
import type { SahaySurvey, SurveySubmitDetail } from '@sahay/elements';
import '@sahay/elements/define/survey';
import { elementComponent, type ElementProps } from './element-component.ts';

/** What `<Survey>` takes: the properties of `<sahay-survey>`, and its events. */
export interface SurveyProps extends ElementProps<SahaySurvey> {
  kind?: SahaySurvey['kind'] | undefined;
  question?: string | undefined;
  fields?: SahaySurvey['fields'];
  conversation?: ConversationHandle | undefined;
  /** Cancel it to keep the form. */
  onSubmit?: (event: CustomEvent<SurveySubmitDetail>) => void;
  onDismiss?: (event: CustomEvent<undefined>) => void;
  onError?: (event: CustomEvent<{ error: unknown }>) => void;
}

/**
 * Asks how it was: CSAT, NPS or CES.
 *
 * @example <Survey kind="nps" onSubmit={({ detail }) => save(detail.answers)} />
 */
export const Survey = elementComponent<SurveyProps>('sahay-survey', {
  events: { onSubmit: 'sahay-submit', onDismiss: 'sahay-dismiss', onError: 'sahay-error' },
});
