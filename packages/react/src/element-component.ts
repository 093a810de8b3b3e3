import { createElement, useLayoutEffect, useMemo, useRef, type ReactNode, type Ref } from 'react';

/** What every component takes, beside what its element does. */
export interface ElementProps<Element extends HTMLElement> {
  ref?: Ref<Element>;
  id?: string;
  className?: string;
  slot?: string;
  lang?: string;
  hidden?: boolean;
  children?: ReactNode;
  /** The language (BCP 47). Default: the page's. */
  locale?: string | undefined;
  /** Default `auto`. */
  colorScheme?: 'auto' | 'light' | 'dark' | undefined;
}

/** How a component's props become the element's. */
interface Shape {
  /** The events by their props: `{ onSend: 'sahay-send' }`. */
  events: Record<string, string>;
  /** Props that must be attributes: the element has a method of that name, which React would write over. */
  attributes?: readonly string[];
}

/** React leaves the effect out on a server, and warns about it there. */
const useEffectInPage = globalThis.document ? useLayoutEffect : () => undefined;

/** A component that draws one custom element: React 19 knows properties and events, this gives them their names. */
export function elementComponent<Props extends object>(
  tag: string,
  { events, attributes = [] }: Shape,
): (props: Props) => ReactNode {
  return function SahayElementComponent(props) {
    const given = props as Readonly<Record<string, unknown>>;
    const element = useRef<HTMLElement>(null);
    const forced = attributes.map((name) => [name, given[name]] as const);
    const rest: Record<string, unknown> = {};
    for (const name in given) {
      if (name === 'ref' || attributes.includes(name)) continue;
      const type = events[name];
      rest[type ? `on${type}` : name === 'colorScheme' ? 'color-scheme' : name] = given[name];
    }
    useEffectInPage(
      () => {
        for (const [name, value] of forced)
          if (typeof value === 'boolean') element.current?.toggleAttribute(name, value);
      },
      forced.map(([, value]) => value),
    );
    const theirs = given['ref'] as Ref<HTMLElement> | undefined;
    const ref = useMemo(() => both(element, theirs), [theirs]);
    // Drawn on a server, the element may have its language and `open` on it before React takes it over.
    return createElement(tag, { ...rest, ref, suppressHydrationWarning: true });
  };
}

function both(own: { current: HTMLElement | null }, theirs: Ref<HTMLElement> | undefined): Ref<HTMLElement> {
  return (element) => {
    own.current = element;
    if (typeof theirs !== 'function') {
      if (theirs) theirs.current = element;
      return undefined;
    }
    return theirs(element);
  };
}
