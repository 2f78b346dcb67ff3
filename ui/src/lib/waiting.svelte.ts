/** Whether a call has been under way for so long that a wait mark is due. Fast calls never make the screen flash. */

const PATIENCE_MS = 500;

class Waiting {
  #slow = $state(0);

  get shown(): boolean {
    return this.#slow > 0;
  }

  /** Begins one call; answers the function that ends it. */
  start(): () => void {
    let counted = false;
    const timer = setTimeout(() => {
      counted = true;
      this.#slow += 1;
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      if (counted) this.#slow -= 1;
    };
  }
}

export const waiting = new Waiting();
