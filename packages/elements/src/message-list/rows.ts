import type { MessageView } from '@sahay/client';
import { render, type RootPart } from 'lit';

/** One line of the transcript: a message, a day, a notice, or the place for a note. */
export interface Row {
  /** Names the line: as long as it is wanted, it keeps its element. */
  readonly key: string;
  /** The message, if it is one. */
  readonly view?: MessageView;
  /** What it is to style sheets of the host page. */
  readonly part: string;
  readonly className: string;
  /** All that its content depends on: with the same facts it is not drawn again. */
  readonly facts: readonly unknown[];
  content(): unknown;
}

interface Drawn {
  readonly element: HTMLElement;
  facts: readonly unknown[];
  root: RootPart;
}

/**
 * The lines of a transcript in their container. Each is rendered by itself, and only when its facts change: what a change costs
 * does not grow with the lines around it.
 */
export class Rows {
  #drawn = new Map<string, Drawn>();

  /** Makes the container's elements those of `rows`. */
  draw(container: Element, rows: readonly Row[]): void {
    const before = this.#drawn;
    this.#drawn = new Map(rows.map((row) => [row.key, drawn(row, before.get(row.key))]));
    for (const [key, { element, root }] of before) {
      if (this.#drawn.has(key)) continue;
      // What is in it may listen to its conversation.
      root.setConnected(false);
      element.remove();
    }
    let place = container.firstChild;
    for (const { element } of this.#drawn.values()) {
      if (element === place) place = place.nextSibling;
      else container.insertBefore(element, place);
    }
  }

  /** The element of a line that is drawn. */
  elementOf(key: string): HTMLElement | undefined {
    return this.#drawn.get(key)?.element;
  }

  /** Tells what is in the lines whether they stand in the page. */
  setConnected(connected: boolean): void {
    for (const { root } of this.#drawn.values()) root.setConnected(connected);
  }
}

function drawn(row: Row, before: Drawn | undefined): Drawn {
  const { facts } = row;
  if (before && facts.every((fact, index) => fact === before.facts[index])) return before;
  const element = before?.element ?? document.createElement('div');
  element.className = row.className;
  element.part.value = row.part;
  const root = render(row.content(), element);
  return Object.assign(before ?? { element }, { facts, root });
}
