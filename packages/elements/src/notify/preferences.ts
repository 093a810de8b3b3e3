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

/** Whether this browser lets a page show notifications by itself; unknown until it is tried. */
let canShow: boolean | undefined;

/** Phones let only a service worker show them, which is the host page's own; there the class is there and cannot be used. */
function canNotify(): boolean {
  if (!globalThis.Notification) return false;
  // Without permission this shows nothing; with it, it would.
  if (canShow === undefined && Notification.permission !== 'granted') show('', {});
  return canShow !== false;
}

/** Shows a notification, where the browser lets pages do so. */
export function show(title: string, options: NotificationOptions): Notification | undefined {
  try {
    const shown = new Notification(title, options);
    canShow = true;
    return shown;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    canShow = false;
    return undefined;
  }
}

/** Whether messages are shown as notifications of the system; `undefined` where there are none. Off until she asks for them. */
export function mayNotify(): boolean | undefined {
  return canNotify() ? notifies() : undefined;
}

/** Whether she asked for notifications, and they can be shown. */
export const notifies = (): boolean =>
  canShow !== false && globalThis.Notification?.permission === 'granted' && stored(notifyKey) === 'on';

/** Turns notifications on or off; on needs the permission. */
export const turnNotifications = (on: boolean): void => store(notifyKey, on ? 'on' : 'off');

/** Asks the browser for its permission, which it grants only after a person's own gesture; whether it was granted. */
export async function askToNotify(): Promise<boolean> {
  const granted = (await Notification.requestPermission()) === 'granted';
  if (granted) turnNotifications(true);
  return granted;
}
