import type { Settings, VisitorSettings } from '../../generated/types.ts';
import type { Policy } from '../types.ts';

/** Commands that nobody gives before she consented to what is required. */
const gated = ['conversation.start', 'message.send', 'attachment.create'] as const;

/**
 * What the rules are once the settings are taken in: the survey after a close, which consent is required, and what is asked first.
 *
 * @param isOpen whether people can answer now: some questions are asked only while they cannot
 */
export function policyWith<T extends Pick<Policy, 'consent' | 'surveyOnClose' | 'questions'>>(
  base: T,
  settings: Settings,
  isOpen = true,
): T {
  const { survey, consent, preChat } = settings;
  const asks = preChat && !(preChat.onlyWhileClosed && isOpen);
  const required = consent?.purposes.filter((purpose) => purpose.required) ?? [];
  return {
    ...base,
    ...(survey && { surveyOnClose: survey.kind === 'none' ? undefined : survey.kind }),
    ...(asks && { questions: preChat.fields }),
    ...(required.length > 0 && {
      consent: [
        ...(base.consent ?? []),
        ...required.map(({ purpose }) => ({
          purpose,
          policyVersion: consent?.policyVersion,
          commands: gated,
        })),
      ],
    }),
  };
}

/** What of the settings visitors get to know. */
export function visitorSettings({ preChat, consent, email }: Settings): VisitorSettings {
  return {
    ...(preChat && { preChat }),
    ...(consent && { consent }),
    ...(email?.enabled && { email: true }),
  };
}
