/** A system call, as strace saw it. */
export interface Call {
  name: string;
  /** The file it was about, where strace could name it. */
  path: string;
  /** Everything between the parentheses. */
  args: string;
  /** What it returned; `undefined` when the process ended before. */
  result: string | undefined;
  /** The places in the trace where it began and ended. */
  began: number;
  ended: number;
}

/** A line of a trace, taken apart. */
export type Line =
  | { kind: 'whole' | 'begun'; pid: string; name: string; args: string; result?: string | undefined }
  | { kind: 'resumed'; pid: string; name: string; args: string; result: string };

const whole = /^(\d+) +(\w+)\((.*)\) += (.+)$/s;
const begun = /^(\d+) +(\w+)\((.*?),? <unfinished \.\.\.>$/s;
const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (.+)$/s;

/** Takes a line apart; `undefined` for signals and exits. */
export function readLine(text: string): Line | undefined {
  const later = resumed.exec(text);
  if (later) return { kind: 'resumed', pid: later[1]!, name: later[2]!, args: later[3]!, result: later[4]! };
  const half = begun.exec(text);
  if (half) return { kind: 'begun', pid: half[1]!, name: half[2]!, args: half[3]! };
  const all = whole.exec(text);
  if (all) return { kind: 'whole', pid: all[1]!, name: all[2]!, args: all[3]!, result: all[4]! };
  return undefined;
}

/** Puts the lines of a trace together to calls. */
export class TraceReader {
  readonly calls: Call[] = [];
  readonly #open = new Map<string, Call>();
  #at = 0;

  take(line: Line): void {
    const at = ++this.#at;
    if (line.kind === 'resumed') {
      const call = this.#open.get(line.pid);
      this.#open.delete(line.pid);
      if (!call) return;
      call.args += line.args;
      call.result = line.result;
      call.ended = at;
      return;
    }
    const { name, args } = line;
    const isWhole = line.kind === 'whole';
    const call: Call = {
      name,
      args,
      path: /^\d+<([^>]*)>/.exec(args)?.[1] ?? '',
      result: line.result,
      began: at,
      ended: isWhole ? at : Infinity,
    };
    this.calls.push(call);
    if (!isWhole) this.#open.set(line.pid, call);
  }
}
