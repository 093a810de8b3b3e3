const path = '/demo/proof/control';

/**
 * What the buttons of the proof page ask for. Only for who is signed in to the console: whoever else may reach this port, such as
 * another user of this machine, may not kill its owner's server.
 *
 * @param {import('../supervisor.mjs').Supervisor} supervisor
 */
export function createControls(supervisor) {
  /** Cookies of agents, for while the server is gone. */
  const known = new Set();

  async function mayControl({ headers }) {
    const { cookie, origin } = headers;
    if (!cookie || !origin) return false;
    const target = supervisor.url;
    try {
      const { ok } = await fetch(`${target}/v1/agents/token`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', origin: target },
        body: '{}',
      });
      if (ok) known.add(cookie);
      else known.delete(cookie);
      return ok;
    } catch {
      // The server is gone at the moment, which may be this page's doing.
      return known.has(cookie);
    }
  }

  const acts = {
    cut: (line) => line.cut(),
    freeze: (line) => line.freeze(),
    expire: (line) => line.expire(),
    kill: () => supervisor.kill(),
    // Asks whether the one who asks may do the rest.
    look: () => undefined,
  };

  return async function control(incoming, answer, line) {
    const { pathname } = new URL(incoming.url, 'http://line');
    if (!pathname.startsWith(`${path}/`)) return false;
    const act = acts[pathname.slice(path.length + 1)];
    if (!act || incoming.method !== 'POST') answer.writeHead(404).end();
    else if (!(await mayControl(incoming))) answer.writeHead(403).end();
    else {
      // Answered first: what comes may break the line that the answer takes.
      answer.once('close', () => void act(line));
      answer.writeHead(204, { connection: 'close' }).end();
    }
    return true;
  };
}
