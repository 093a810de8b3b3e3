import { emptyUserState, talkOfUser, type UserState } from '@sahay/protocol/core';
import type { LogEvent, Participant, Snapshot } from '@sahay/protocol';
import type { StreamSink } from '../log/event-log.ts';
import { Observable } from '../readable.ts';
import type { Late } from './late.ts';
import type { UserView } from '../support-client.ts';

/** Folds the user's stream. */
export class UserModel implements StreamSink {
  declare readonly view: Observable<UserView>;
  declare participant: Participant | undefined;
  /** Whether the list of conversations has arrived. */
  ready = false;
  #state: UserState = emptyUserState;
  #told: Pick<UserView, 'availability' | 'settings'> = {};

  readonly #late: () => Partial<Late> | undefined;

  /**
   * @param currentId tells which conversation is current.
   * @param late there before the first event that is no plain talk.
   */
  constructor(currentId: () => string | undefined, late: () => Partial<Late> | undefined) {
    this.#late = late;
    this.view = new Observable(() => ({
      participant: this.participant,
      ...this.#state,
      ...this.#told,
      currentConversationId: currentId(),
    }));
  }

  get conversations(): UserState['conversations'] {
    return this.#state.conversations;
  }

  welcomed(participant: Participant): void {
    this.participant = participant;
    this.view.changed();
  }

  /** Takes in the latest value of something that the backend tells everybody. */
  told(latest: Pick<UserView, 'availability' | 'settings'>): void {
    this.#told = { ...this.#told, ...latest };
    this.view.changed();
  }

  reset(snapshot: Snapshot): void {
    if (snapshot.kind !== 'user') return;
    const { conversations, consents, invitations } = snapshot;
    this.#state = { conversations, consents, invitations };
    this.ready = true;
    this.view.changed();
  }

  apply(event: LogEvent): void {
    this.#state = (this.#late()?.applyToUser ?? talkOfUser)(this.#state, event);
    this.view.changed();
  }

  problem(): void {
    // A backend without user streams: what this browser stored is all there is to know.
  }

  forget(): void {
    this.participant = undefined;
    this.#told = {};
    this.ready = false;
    this.#state = emptyUserState;
    this.view.changed();
  }
}
