let context: AudioContext | undefined;

/** Two soft tones, as hertz and the second at which each begins. */
const tones = [
  [659.26, 0],
  [880, 0.11],
] as const;
const length = 0.32;
const loudness = 0.12;

/**
 * Plays a short sound, made here rather than fetched. Browsers let a page be heard only once its visitor has touched it; before
 * that nothing is played, and nothing waits to be.
 *
 * @returns whether it was played
 */
export async function chime(): Promise<boolean> {
  if (!globalThis.AudioContext || navigator.userActivation?.hasBeenActive === false) return false;
  context ??= new AudioContext();
  if (context.state === 'suspended') await Promise.race([context.resume(), pause(200)]);
  if (context.state !== 'running') return false;
  for (const [hertz, at] of tones) tone(context, hertz, context.currentTime + at);
  return true;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function tone(audio: AudioContext, hertz: number, start: number): void {
  const oscillator = new OscillatorNode(audio, { frequency: hertz });
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness, start + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + length);
}
