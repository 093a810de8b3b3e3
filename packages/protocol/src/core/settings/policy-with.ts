import type { Settings, VisitorSettings } from '../../generated/types.ts';
import type { Policy } from '../types.ts';

/** Commands that nobody gives before she consented to what is required. */
const gated = ['conversation.start', 'message.send', 'attachment.create'] as const;

/** What the rules are once the settings are taken in: the survey after a close, and which consent is required. */
export function policyWith<T extends Pick<Policy, 'consent' | 'surveyOnClose'>>(
  base: T,
  settings: Settings,
): T {
  const { survey, consent } = settings;
  const required = consent?.purposes.filter((purpose) => purpose.required) ?? [];
  return {
    ...base,
    ...(survey && { surveyOnClose: survey.kind === 'none' ? undefined : survey.kind }),
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
