/** The present moment for the screen, once a second, corrected to the engine's clock. */

const TICK_MS = 1000;
/** Below this the two clocks are the same clock and the difference is only the way of the answer. */
const SAME_MS = 1500;

export class Clock {
  now = $state(Date.now());
  #ahead = 0;

  /** Starts ticking; answers the function that stops it. */
  start(): () => void {
    const timer = setInterval(() => this.#tick(), TICK_MS);
    return () => clearInterval(timer);
  }

  correct(engineNow: number): void {
    const ahead = engineNow - Date.now();
    this.#ahead = Math.abs(ahead) < SAME_MS ? 0 : ahead;
    this.#tick();
  }

  #tick(): void {
    this.now = Date.now() + this.#ahead;
  }
}
