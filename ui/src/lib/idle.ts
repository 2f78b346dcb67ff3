/** Notices when nobody has touched the window for a while. */

const LOOK_EVERY_MS = 1000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Calls `onidle` after `ms` without pointer, touch or key. Answers the function that stops it. */
export function watchIdle(ms: number, onidle: () => void): () => void {
  let last = Date.now();

  function look(): void {
    const now = Date.now();
    // A clock that was set back must not keep the window open for longer.
    if (now < last) last = now;
    else if (now - last >= ms) onidle();
  }

  /** The touch that wakes a sleeping computer comes too late. */
  function touched(): void {
    if (Date.now() - last >= ms) onidle();
    else last = Date.now();
  }

  const timer = setInterval(look, LOOK_EVERY_MS);
  for (const sign of SIGNS) window.addEventListener(sign, touched, { capture: true, passive: true });
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS) window.removeEventListener(sign, touched, { capture: true });
  };
}
