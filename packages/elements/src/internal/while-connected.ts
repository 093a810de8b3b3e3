import type { ReactiveControllerHost } from 'lit';

/** Listens to something that outlives an element for as long as the element stands in the page. */
export function whileConnected<T extends keyof (WindowEventMap & DocumentEventMap)>(
  host: ReactiveControllerHost,
  target: Window | Document,
  type: T,
  listener: (event: (WindowEventMap & DocumentEventMap)[T]) => void,
): void {
  host.addController({
    hostConnected: () => target.addEventListener(type, listener as EventListener),
    hostDisconnected: () => target.removeEventListener(type, listener as EventListener),
  });
}
