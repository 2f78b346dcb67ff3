/**
 * The cart of the sell screen as a value and the moves on it. Nothing here asks Rust: prices are checked there.
 *
 * `order` is what makes a double F9 one payment. It stays while the lines stay, and is replaced when lines that were
 * already charged under it have changed.
 */
import type { LineInput } from '../generated/LineInput';

export interface Line {
  readonly id: number;
  readonly note: string;
  readonly quantity: number;
  readonly price: number;
}

export interface Cart {
  readonly order: string;
  readonly lines: readonly Line[];
  readonly selected: number | null;
  /** What was typed and not added yet: at most nine digits, no leading zero. */
  readonly digits: string;
  readonly quantity: number;
  readonly note: string;
  /** The lines as they were when `order` was last charged. */
  readonly charged: string | null;
  readonly nextId: number;
}

export const DIGITS_MAX = 9;
export const QUANTITY_MAX = 999;
export const LINES_MAX = 200;
export const NOTE_MAX = 40;

export function emptyCart(order: string): Cart {
  return { order, lines: [], selected: null, digits: '', quantity: 1, note: '', charged: null, nextId: 1 };
}

/** One key of the pad: `7`, `0`, `00` or `000`. A key that would pass nine digits does nothing. */
export function typed(cart: Cart, key: string): Cart {
  const digits = (cart.digits + key).replace(/^0+/, '');
  return digits.length > DIGITS_MAX ? cart : { ...cart, digits };
}

export function backspaced(cart: Cart): Cart {
  return { ...cart, digits: cart.digits.slice(0, -1) };
}

/** C: the amount being typed with its quantity and note; the lines stay. */
export function cleared(cart: Cart): Cart {
  return { ...cart, digits: '', quantity: 1, note: '' };
}

/** `3*`: the typed number becomes the quantity of the next amount. Nothing typed: back to one. */
export function multiplied(cart: Cart): Cart | 'too_many' {
  const quantity = cart.digits === '' ? 1 : Number(cart.digits);
  if (quantity > QUANTITY_MAX) return 'too_many';
  return { ...cart, quantity, digits: '' };
}

export function typedAmount(cart: Cart): number {
  return Number(cart.digits || '0');
}

export function noted(cart: Cart, note: string): Cart {
  return { ...cart, note: note.trim().slice(0, NOTE_MAX) };
}

/** The typed amount becomes a line. */
export function added(cart: Cart): Cart {
  const price = typedAmount(cart);
  if (price === 0 || cart.lines.length >= LINES_MAX) return cart;
  const line: Line = { id: cart.nextId, note: cart.note, quantity: cart.quantity, price };
  return { ...cleared(cart), lines: [...cart.lines, line], selected: null, nextId: cart.nextId + 1 };
}

export function selectedLine(cart: Cart, id: number | null): Cart {
  return { ...cart, selected: cart.selected === id ? null : id };
}

/** The selected line goes, or the last one. */
export function removed(cart: Cart): Cart {
  const id = cart.selected ?? cart.lines.at(-1)?.id;
  return { ...cart, lines: cart.lines.filter((line) => line.id !== id), selected: null };
}

export function counted(cart: Cart, id: number, quantity: number): Cart {
  if (quantity < 1 || quantity > QUANTITY_MAX) return cart;
  return { ...cart, lines: cart.lines.map((line) => (line.id === id ? { ...line, quantity } : line)) };
}

export function lineNoted(cart: Cart, id: number, note: string): Cart {
  const kept = note.trim().slice(0, NOTE_MAX);
  return { ...cart, lines: cart.lines.map((line) => (line.id === id ? { ...line, note: kept } : line)) };
}

export function totalOf(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
}

export function piecesOf(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** The name that the receipt prints: the note, or the line's place. */
export function lineName(line: Line, place: number, word: string): string {
  return line.note === '' ? `${word} ${place}` : line.note;
}

/**
 * What Rust is asked to charge. An empty cart becomes one line of nothing, so that the refusal is Rust's sentence
 * about the amount.
 */
export function lineInputs(cart: Cart, word: string): LineInput[] {
  if (cart.lines.length === 0) return [{ name: `${word} 1`, quantity: 1, unit_price: 0 }];
  return cart.lines.map((line, at) => ({
    name: lineName(line, at + 1, word),
    quantity: line.quantity,
    unit_price: line.price,
  }));
}

/** The cart as it is charged: typed amount taken, order kept or replaced. */
export function forCharge(cart: Cart, freshOrder: () => string): Cart {
  const ready = added(cart);
  const charged = JSON.stringify(ready.lines.map(({ note, quantity, price }) => [note, quantity, price]));
  const changed = ready.charged !== null && ready.charged !== charged;
  return { ...ready, charged, order: changed ? freshOrder() : ready.order };
}

/** What F9 would charge now: the lines and the amount that is still being typed. */
export function dueOf(cart: Cart): number {
  return totalOf(cart) + typedAmount(cart) * cart.quantity;
}
