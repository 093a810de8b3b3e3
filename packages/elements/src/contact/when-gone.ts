import type { SupportClient } from '@sahay/client';

/**
 * Tells when the person behind a client has gone: she logged out, here or in another tab, or somebody else signed in. Whoever only becomes
 * known stays who she was, and of whom nobody knew yet who she is keeps what she wrote. It is heard before anything is drawn anew, so that
 * nothing of hers is left to who comes after her.
 *
 * @returns what ends it
 */
export function whenGone({ user, connection }: SupportClient, gone: () => void): () => void {
  let who = user.getSnapshot().participant;
  let { cause } = connection.getSnapshot();
  const look = (): void => {
    const [wasThere, before] = [who, cause];
    who = user.getSnapshot().participant;
    ({ cause } = connection.getSnapshot());
    if ((wasThere && !who) || (cause !== before && cause === 'logged_out')) gone();
  };
  const stops = [user.subscribe(look), connection.subscribe(look)];
  return () => stops.forEach((stop) => stop());
}
