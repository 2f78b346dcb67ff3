/** Which key means what. Pure: screens hand in the event and do what is answered. */

export interface KeyPress {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
  readonly metaKey?: boolean;
  readonly shiftKey?: boolean;
  readonly repeat?: boolean;
}

/** Keys of the web view that would lose or cover a screen: reload, print, find, caret browsing. */
export function isDead(press: KeyPress): boolean {
  if (press.key === 'F5' || press.key === 'F3' || press.key === 'F7') return true;
  return (press.ctrlKey ?? false) && ['r', 'R', 'p', 'P', 'f', 'F', 'g', 'G'].includes(press.key);
}

/** Ctrl+L, wherever the person is. */
export function isLock(press: KeyPress): boolean {
  const plain = !(press.altKey ?? false) && !(press.metaKey ?? false) && !(press.repeat ?? false);
  return (press.ctrlKey ?? false) && plain && ['l', 'L'].includes(press.key);
}

/** Whether the person is typing into a field, where letters and digits belong to the field. */
export function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('input, textarea, select, [contenteditable="true"]');
}

/** Enter on a button or link presses that button. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a[href], summary') !== null;
}

export type SellKey =
  | { do: 'type'; digits: string }
  | { do: 'backspace' | 'clear' | 'multiply' | 'add' | 'remove' | 'pay' | 'other' | 'cash' | 'drawer' | 'enter' | 'back' };

export function sellKey(press: KeyPress): SellKey | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (/^\d$/.test(press.key)) return { do: 'type', digits: press.key };
  switch (press.key) {
    case 'Backspace':
      return { do: 'backspace' };
    case 'Delete':
      return { do: 'clear' };
    case '*':
      return { do: 'multiply' };
    case '+':
      return { do: 'add' };
    case '-':
      return { do: 'remove' };
    case 'Escape':
      return { do: 'back' };
    case 'F8':
      return press.repeat ? null : { do: 'cash' };
    case 'F9':
      // Another way than F9's: F7 stays dead for the web view's sake and is meant for discounts.
      return press.repeat ? null : { do: (press.shiftKey ?? false) ? 'other' : 'pay' };
    case 'F12':
      return press.repeat ? null : { do: 'drawer' };
    case 'Enter':
      return press.repeat ? null : { do: 'enter' };
    default:
      return null;
  }
}

export type SheetKey = 'back' | 'check' | 'next';

export function sheetKey(press: KeyPress): SheetKey | null {
  if (press.repeat || press.ctrlKey || press.altKey || press.metaKey) return null;
  switch (press.key) {
    case 'Escape':
      return 'back';
    case 'Enter':
      return 'check';
    case 'F4':
      return 'next';
    default:
      return null;
  }
}

/** While a dialog is open it owns the keyboard. */
export function dialogIsOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
