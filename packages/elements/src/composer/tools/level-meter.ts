/** How often the level is told, in milliseconds. */
const pace = 80;

/** Tells how loud a recording is, from 0 to 1, so that people see that they are heard. */
export class LevelMeter {
  readonly #context: AudioContext;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(stream: MediaStream, tell: (level: number) => void) {
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    // As long as the pace, so that nothing is said in between.
    analyser.fftSize = 4096;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // Speech seldom has a root mean square over a quarter of what is possible.
      tell(Math.min(1, Math.sqrt(power) * 4));
    }, pace);
  }

  stop(): void {
    clearInterval(this.#timer);
    void this.#context.close();
  }
}
