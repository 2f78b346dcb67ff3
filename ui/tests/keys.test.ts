import { describe, expect, it } from 'vitest';
import { isDead, isLock, sellKey, sheetKey } from '../src/lib/keys';

describe('dead keys', () => {
  it.each([{ key: 'F5' }, { key: 'r', ctrlKey: true }, { key: 'R', ctrlKey: true }, { key: 'p', ctrlKey: true }])(
    '%o would lose or cover the screen',
    (press) => expect(isDead(press)).toBe(true),
  );

  it.each([{ key: 'r' }, { key: 'F9' }, { key: 'F11' }, { key: 'v', ctrlKey: true }, { key: '5' }])(
    '%o still works',
    (press) => expect(isDead(press)).toBe(false),
  );
});

describe('the lock', () => {
  it('is Ctrl+L, pressed once, in capitals too', () => {
    expect(isLock({ key: 'l', ctrlKey: true })).toBe(true);
    expect(isLock({ key: 'L', ctrlKey: true })).toBe(true);
  });

  it.each([{ key: 'l' }, { key: 'l', ctrlKey: true, altKey: true }, { key: 'l', ctrlKey: true, repeat: true }])(
    '%o is not',
    (press) => expect(isLock(press)).toBe(false),
  );
});

describe('the sell screen', () => {
  it('types digits of the row and of the number pad', () => {
    expect(sellKey({ key: '7', code: 'Numpad7' })).toEqual({ do: 'type', digits: '7' });
    expect(sellKey({ key: '0' })).toEqual({ do: 'type', digits: '0' });
  });

  it.each([
    ['*', 'multiply'],
    ['+', 'add'],
    ['-', 'remove'],
    ['Delete', 'clear'],
    ['Backspace', 'backspace'],
    ['Escape', 'back'],
    ['F9', 'pay'],
    ['F12', 'drawer'],
    ['Enter', 'enter'],
  ])('%s means %s', (key, meaning) => {
    expect(sellKey({ key })).toEqual({ do: meaning });
  });

  it('Shift+F9 asks by which way', () => {
    expect(sellKey({ key: 'F9', shiftKey: true })).toEqual({ do: 'other' });
    expect(sellKey({ key: 'F9', shiftKey: true, repeat: true })).toBeNull();
  });

  it('a held key pays once', () => {
    expect(sellKey({ key: 'F9', repeat: true })).toBeNull();
    expect(sellKey({ key: 'Enter', repeat: true })).toBeNull();
  });

  it('leaves shortcuts of the system alone', () => {
    expect(sellKey({ key: '7', ctrlKey: true })).toBeNull();
    expect(sellKey({ key: 'F4', altKey: true })).toBeNull();
    expect(sellKey({ key: 'x' })).toBeNull();
  });
});

describe('the sheet', () => {
  it.each([
    ['Escape', 'back'],
    ['Enter', 'check'],
    ['F4', 'next'],
  ])('%s means %s', (key, meaning) => {
    expect(sheetKey({ key })).toBe(meaning);
  });

  it('does not close again for a key that is still held, nor for Alt+F4', () => {
    expect(sheetKey({ key: 'Escape', repeat: true })).toBeNull();
    expect(sheetKey({ key: 'F4', altKey: true })).toBeNull();
  });
});
