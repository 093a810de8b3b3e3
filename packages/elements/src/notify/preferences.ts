/* What this browser's visitor wants to hear and see. Nothing is stored before she has chosen. */

const soundKey = 'sahay-sound';
const notifyKey = 'sahay-notify';
/** What was chosen where storage is refused; it lasts as long as the page. */
const chosen = new Map<string, string>();

function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? chosen.get(key);
  } catch {
    return chosen.get(key);
  }
}

function store(key: string, value: 'on' | 'off'): void {
  chosen.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is refused: the choice holds for this page.
  }
}

/** Whether a message may be heard. On until it is turned off. */
export const soundIsOn = (): boolean => stored(soundKey) !== 'off';

/** Turns the sound on or off, for all tabs of this browser. */
export const turnSound = (on: boolean): void => store(soundKey, on ? 'on' : 'off');

/** Whether messages are shown as notifications of the system; `undefined` where there are none. Off until she asks for them. */
export function mayNotify(): boolean | undefined {
  if (!globalThis.Notification) return undefined;
  return Notification.permission === 'granted' && stored(notifyKey) === 'on';
}

/** Turns notifications on or off; on needs the permission. */
export const turnNotifications = (on: boolean): void => store(notifyKey, on ? 'on' : 'off');

/** Asks the browser for its permission, which it grants only after a person's own gesture; whether it was granted. */
export async function askToNotify(): Promise<boolean> {
  const granted = (await Notification.requestPermission()) === 'granted';
  if (granted) turnNotifications(true);
  return granted;
}
