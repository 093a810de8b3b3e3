import { sahayFunction, type SahayCommands, type SahayFunction, type Told } from '../cdn/sahay-function.ts';
import { warnOnce } from '../internal/warn-once.ts';

/** Gives a `sahay` command, whether the loader is there yet or not. */
export const ask: SahayFunction = (...call: Parameters<SahayFunction>) =>
  (sahayFunction() as (...call: unknown[]) => void)(...call);

/** Says once that a call of the other messenger does nothing here. */
export function unknownCall(call: string, instead = 'It does nothing.'): void {
  warnOnce(call, `${call} has no counterpart in Sahay. ${instead}`);
}

/** Listens until what is returned is called, also before the loader is there. */
export function listen(event: string, heard: (event: CustomEvent) => void): () => void {
  let listening = true;
  ask('on', event, (seen) => {
    if (listening) heard(seen);
  });
  return () => (listening = false);
}

type Fact = string | number | boolean | null;
const isFact = (value: unknown): value is Fact =>
  value === null || /^(string|number|boolean)$/.test(typeof value);

/** A user as other messengers describe one: who she is, and all else that is a plain fact. */
export function toldOf(
  { name, email, phone, ...rest }: Record<string, unknown>,
  except: readonly string[] = [],
): Told {
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value ? value : undefined;
  const attributes = Object.fromEntries(
    Object.entries(rest).filter(
      (entry): entry is [string, Fact] => isFact(entry[1]) && !except.includes(entry[0]),
    ),
  );
  return {
    ...(text(name) !== undefined && { name: text(name) }),
    ...(text(email) !== undefined && { email: text(email) }),
    ...(text(phone) !== undefined && { phone: text(phone) }),
    ...(Object.keys(attributes).length && { attributes }),
  };
}

/** Tells it, if there is anything to tell. */
export function tell(facts: Told): void {
  if (Object.keys(facts).length) ask('tell', facts);
}

/** A side of the screen in Sahay's words: it follows the page's direction. */
export function positionOf(side: string): SahayCommands['set'][0] {
  const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';
  return { position: (side === 'left') === isRtl ? 'end' : 'start' };
}

const bare = new CSSStyleSheet();

/** Takes the round button away, or brings it back; not the window, which the page opens by a button of its own. */
export function showLauncher(isShown: boolean): void {
  if (!document.adoptedStyleSheets.includes(bare)) document.adoptedStyleSheets.push(bare);
  bare.replaceSync(
    isShown
      ? ''
      : 'sahay-bubble::part(launcher){display:none}sahay-bubble::part(panel),sahay-bubble::part(teaser){inset-block-end:0}',
  );
}
