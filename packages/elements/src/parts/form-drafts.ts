import type { ConversationHandle } from '@sahay/client';
import type { FormPart } from '@sahay/protocol';
import type { KnownContact } from '../contact/known-contact.ts';
import type { Filled } from './form-fields.ts';

/** What was filled in and not sent, kept for this tab until it is. Where there is no storage, it lasts as long as the page. */
export class FormDraft {
  readonly #key: string;

  constructor(messageId: string, partId: string) {
    this.#key = `sahay-form:${messageId}:${partId}`;
  }

  read(): Filled {
    const kept = this.#with((storage) => storage.getItem(this.#key));
    if (!kept) return new Map();
    try {
      const entries: unknown = JSON.parse(kept);
      return new Map(Array.isArray(entries) ? (entries as [string, string][]) : []);
    } catch (error) {
      if (error instanceof SyntaxError) return new Map();
      throw error;
    }
  }

  keep(filled: Filled): void {
    const entries = [...filled].filter(([, value]) => !(value instanceof File));
    this.#with((storage) => storage.setItem(this.#key, JSON.stringify(entries)));
  }

  forget(): void {
    this.#with((storage) => storage.removeItem(this.#key));
  }

  #with<T>(work: (storage: Storage) => T): T | undefined {
    try {
      return work(sessionStorage);
    } catch (error) {
      // Storage that is refused or full loses a draft, not the form.
      if (error instanceof DOMException) return undefined;
      throw error;
    }
  }
}

const contactOf = { name: 'name', email: 'email', phone: 'phone', tel: 'phone' } as const;

/** What a visitor told of how she can be reached, for the fields that say that they ask for just that, by name or `autocomplete`. */
export function knownFields({ fields }: FormPart, contact: KnownContact): [name: string, value: string][] {
  return fields.flatMap(({ name, autocomplete = name }): [string, string][] => {
    const asked = Object.hasOwn(contactOf, autocomplete) ? contactOf[autocomplete as 'name'] : undefined;
    const value = asked && contact[asked];
    return value ? [[name, value]] : [];
  });
}

/** What this conversation's earlier forms were answered, for fields of the same name and kind: nothing is asked twice. */
export function knownAnswers({ fields }: FormPart, conversation: ConversationHandle | undefined): Filled {
  const known: Filled = new Map();
  for (const { message } of conversation?.getSnapshot().messages ?? [])
    for (const part of message.parts) {
      if (part.type !== 'form' || !part.submitted) continue;
      for (const { name, kind } of fields) {
        const before = part.fields.find((field) => field.name === name && field.kind === kind);
        const value = before && Object.hasOwn(part.submitted, name) ? part.submitted[name] : undefined;
        if (value !== undefined && value !== null && kind !== 'file') known.set(name, value);
      }
    }
  return known;
}
