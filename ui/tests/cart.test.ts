import { describe, expect, it } from 'vitest';
import * as cart from '../src/lib/cart';

function type(held: cart.Cart, keys: string): cart.Cart {
  return keys.split(' ').reduce((next, key) => (key === '+' ? cart.added(next) : cart.typed(next, key)), held);
}

const empty = cart.emptyCart('order-1');
const never = (): string => {
  throw new Error('no new order was due');
};

describe('typing', () => {
  it('ignores leading zeros', () => {
    expect(type(empty, '0 00 000 5').digits).toBe('5');
  });

  it('stops at nine digits and refuses a key that would pass them whole', () => {
    expect(type(empty, '1 2 3 4 5 6 7 8 9 0').digits).toBe('123456789');
    expect(type(empty, '1 2 3 4 5 6 7 8 000').digits).toBe('12345678');
  });

  it('goes back by one digit, and C keeps the lines', () => {
    const held = type(empty, '7 5 00 + 1 2');
    expect(cart.backspaced(held).digits).toBe('1');
    expect(cart.cleared(held)).toMatchObject({ digits: '', quantity: 1, note: '' });
    expect(cart.cleared(held).lines).toHaveLength(1);
  });
});

describe('quantity', () => {
  it('`3*` counts the next amount', () => {
    const three = cart.multiplied(type(empty, '3'));
    if (three === 'too_many') throw new Error('3 is a fine quantity');
    const held = type(three, '5 000 +');
    expect(held.lines[0]).toMatchObject({ quantity: 3, price: 5000 });
    expect(cart.totalOf(held)).toBe(15_000);
    expect(held.quantity).toBe(1);
  });

  it('refuses more than 999, because an amount was meant', () => {
    expect(cart.multiplied(type(empty, '1 2 5 00'))).toBe('too_many');
  });

  it('with nothing typed is one again', () => {
    expect(cart.multiplied({ ...empty, quantity: 4 })).toMatchObject({ quantity: 1 });
  });
});

describe('lines', () => {
  it('an amount of nothing adds none', () => {
    expect(cart.added(empty).lines).toHaveLength(0);
  });

  it('removes the chosen one, else the last', () => {
    const held = type(empty, '1 000 + 2 000 +');
    expect(cart.removed(held).lines.map((line) => line.price)).toEqual([1000]);
    const first = cart.selectedLine(held, held.lines[0]?.id ?? 0);
    expect(cart.removed(first).lines.map((line) => line.price)).toEqual([2000]);
  });

  it('are named by their note, else by their place', () => {
    const held = type(cart.noted(type(empty, '7 5 00'), ' jilid spiral '), '+ 1 000 +');
    expect(cart.lineInputs(held, 'Nominal')).toEqual([
      { name: 'jilid spiral', quantity: 1, unit_price: 7500 },
      { name: 'Nominal 2', quantity: 1, unit_price: 1000 },
    ]);
  });

  it('of an empty cart are one line of nothing, so that Rust says why not', () => {
    expect(cart.lineInputs(empty, 'Nominal')).toEqual([{ name: 'Nominal 1', quantity: 1, unit_price: 0 }]);
  });
});

describe('what is due', () => {
  it('is what F9 will charge: the lines and the amount being typed', () => {
    const held = type(empty, '1 000 + 5 00');
    expect(cart.dueOf(held)).toBe(1500);
    expect(cart.totalOf(cart.forCharge(held, never))).toBe(1500);
  });
});

describe('the order id', () => {
  it('stays while the lines stay, so that a second F9 is the same sale', () => {
    const first = cart.forCharge(type(empty, '1 000'), never);
    expect(cart.forCharge(first, never).order).toBe('order-1');
  });

  it('changes when charged lines have changed, so that the first sale keeps its own', () => {
    const charged = cart.forCharge(type(empty, '1 000'), never);
    const changed = cart.forCharge(type(charged, '5 00'), () => 'order-2');
    expect(changed.order).toBe('order-2');
    expect(cart.forCharge(changed, never).order).toBe('order-2');
  });

  it('stays when lines were changed and changed back', () => {
    const charged = cart.forCharge(type(empty, '1 000'), never);
    const back = cart.removed(type(charged, '5 00 +'));
    expect(cart.forCharge(back, never).order).toBe('order-1');
  });
});
