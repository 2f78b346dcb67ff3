/** Where the listener is reached, as far as this window knows: Rust alone knows the computer's address in the network. */
import type { ListenerView } from '../../../generated/ListenerView';
import { m } from '../../../paraglide/messages.js';

export const PORT_LEAST = 1024;
const PORT_MOST = 65_535;
const LOOPBACK = '127.0.0.1';

/** A port that was typed; null when it is none that can be used. */
export function portOf(typed: string): number | null {
  if (!/^\d{1,5}$/.test(typed.trim())) return null;
  const port = Number(typed.trim());
  return port >= PORT_LEAST && port <= PORT_MOST ? port : null;
}

/** In the shop's network the computer's own address stands as words, since nothing here may guess it. */
export function baseOf(listener: ListenerView): string {
  return `http://${listener.lan ? m.listen_this_computer() : LOOPBACK}:${listener.port}`;
}

export function callbackOf(listener: ListenerView, gateway: string): string {
  return `${baseOf(listener)}/callback/${encodeURIComponent(gateway)}`;
}
