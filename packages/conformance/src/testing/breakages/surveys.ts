import type { EventDataMap, ServerFrame } from '@sahay/protocol';
import type { Breakage } from '../breakage.ts';

/** Surveys that are asked wrongly. */
export const surveyBreakages: readonly Breakage[] = [
  {
    check: 'survey-not-twice',
    what: 'a survey follows every close, whatever was answered before',
    seams: () => {
      let asked: EventDataMap['survey.requested'] | undefined;
      return {
        outgoing: (frame): ServerFrame[] => {
          if (frame.type !== 'event') return [frame];
          const { event } = frame;
          if (event.type === 'survey.requested') asked = event.data;
          if (event.type !== 'conversation.closed' || !asked) return [frame];
          const again = { ...event, id: `${event.id}-again`, seq: event.seq + 1 };
          return [frame, { type: 'event', event: { ...again, type: 'survey.requested', data: asked } }];
        },
      };
    },
  },
];
