import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/generated/Answer';
import type { PaymentStart } from '../src/generated/PaymentStart';
import type { PaymentView } from '../src/generated/PaymentView';
import { typed } from '../src/lib/cart';
import { Checkout } from '../src/lib/checkout.svelte';
import { done, engine, evidence, later, ownQris, payment, refused, strip } from './fixtures';

const paid = payment({ state: 'paid', evidence: [evidence('pending'), evidence('paid')] });

function orders(): () => string {
  let made = 0;
  return () => `order-${(made += 1)}`;
}

function shop(outputs: Parameters<typeof engine>[0]) {
  const { call, asked } = engine({ payment_leave: () => done(strip()), ...outputs });
  const checkout = new Checkout(call, orders());
  checkout.edit((cart) => typed(cart, '50000'));
  const starts = (): PaymentStart[] =>
    asked.filter((one) => one.name === 'payment_start').map((one) => one.input as PaymentStart);
  return { checkout, asked, starts };
}

describe('F9', () => {
  it('pressed twice asks once, while the first is under way and after it', async () => {
    const slow = later<Answer<PaymentView>>();
    const { checkout, starts } = shop({ payment_start: () => slow.promise });
    const first = checkout.charge();
    await checkout.charge();
    expect(checkout.sheet).toEqual({ step: 'starting', via: { by: 'auto' } });
    slow.resolve(done(payment()));
    await first;
    await checkout.charge();
    expect(starts()).toHaveLength(1);
    expect(checkout.sheet).toMatchObject({ step: 'show', ofCart: true });
  });

  it('takes the amount that was typed but not added', async () => {
    const { checkout, starts } = shop({ payment_start: () => done(payment()) });
    await checkout.charge();
    expect(starts()[0]).toMatchObject({ lines: [{ unit_price: 50_000, quantity: 1 }], via: { by: 'auto' } });
  });

  it('refused shows the sentence and keeps the cart and its order', async () => {
    const { checkout, starts } = shop({ payment_start: () => refused('amount_too_large', 'Di atas batas.') });
    await checkout.charge();
    await checkout.charge();
    expect(checkout.sheet).toBeNull();
    expect(checkout.problem?.message).toBe('Di atas batas.');
    expect(checkout.cart.lines).toHaveLength(1);
    expect(starts().map((start) => start.order)).toEqual([starts()[0]?.order, starts()[0]?.order]);
  });

  it('a push that overtakes the answer is not lost', async () => {
    const slow = later<Answer<PaymentView>>();
    const { checkout } = shop({ payment_start: () => slow.promise });
    const charging = checkout.charge();
    checkout.hear(paid);
    slow.resolve(done(payment()));
    await charging;
    expect(checkout.sheet).toMatchObject({ payment: { state: 'paid' } });
  });

  it('by another way keeps the order, so that it is the same sale', async () => {
    const blocked = payment({ state: 'rejected', presentment: null });
    const { checkout, starts } = shop({
      payment_start: (ask) => done(ask.via.by === 'own_qris' ? ownQris() : blocked),
    });
    await checkout.charge();
    await checkout.chargeAgain({ by: 'own_qris' });
    expect(starts().map((start) => start.via.by)).toEqual(['auto', 'own_qris']);
    expect(new Set(starts().map((start) => start.order)).size).toBe(1);
    expect(checkout.sheet).toMatchObject({ payment: { state: 'unverified' } });
  });
});

describe('Esc', () => {
  it('takes the payment back and keeps the cart; the same cart charged again is the same order', async () => {
    const { checkout, asked, starts } = shop({
      payment_start: () => done(payment()),
      payment_cancel: () => done(payment({ state: 'cancelled', evidence: [evidence('pending'), evidence('cancelled')] })),
    });
    await checkout.charge();
    await checkout.back();
    expect(asked.map((one) => one.name)).toContain('payment_cancel');
    expect(checkout.sheet).toBeNull();
    expect(checkout.cart.lines).toHaveLength(1);
    await checkout.charge();
    checkout.sheet = null;
    checkout.edit((cart) => typed(cart, '1000'));
    await checkout.charge();
    const [first, second, third] = starts().map((start) => start.order);
    expect(second, 'unchanged lines are the same sale').toBe(first);
    expect(third, 'changed lines are another sale').not.toBe(first);
  });

  it('when money came in the same moment says LUNAS instead of closing', async () => {
    const { checkout } = shop({ payment_start: () => done(payment()), payment_cancel: () => done(paid) });
    await checkout.charge();
    await checkout.back();
    expect(checkout.sheet).toMatchObject({ payment: { state: 'paid' } });
  });

  it('on a payment opened from the tray only closes it', async () => {
    const { checkout, asked } = shop({ payment_show: () => done(payment()) });
    await checkout.open('p1');
    await checkout.back();
    expect(asked.map((one) => one.name)).toEqual(['payment_show', 'payment_leave']);
    expect(checkout.cart.digits, 'the cart of the next customer is untouched').toBe('50000');
  });
});

describe('serving the next', () => {
  it('empties the cart and begins another order, and the payment is left to the tray', async () => {
    const { checkout, asked } = shop({ payment_start: () => done(payment()) });
    await checkout.charge();
    const before = checkout.cart.order;
    await checkout.leave(true);
    expect(asked.at(-1)).toEqual({ name: 'payment_leave', input: { id: 'p1' } });
    expect(checkout.cart.lines).toHaveLength(0);
    expect(checkout.cart.order).not.toBe(before);
  });

  it('twice in one moment leaves once', async () => {
    const slow = later<Answer<ReturnType<typeof strip>>>();
    const { checkout, asked } = shop({ payment_start: () => done(payment()), payment_leave: () => slow.promise });
    await checkout.charge();
    const first = checkout.leave(true);
    await checkout.leave(true);
    slow.resolve(done(strip()));
    await first;
    expect(asked.filter((one) => one.name === 'payment_leave')).toHaveLength(1);
  });
});

describe('an open sheet', () => {
  it('hears only its own payment, and never an older view', async () => {
    const { checkout } = shop({ payment_start: () => done(payment()) });
    await checkout.charge();
    expect(checkout.hear(payment({ id: 'p9', sale_id: 's9', state: 'paid' }))).toBe(false);
    expect(checkout.hear(paid)).toBe(true);
    checkout.hear(payment());
    expect(checkout.sheet).toMatchObject({ payment: { id: 'p1', state: 'paid' } });
  });

  it('turns to LUNAS when an earlier QR of the same sale was paid', async () => {
    const { checkout } = shop({ payment_start: () => done(payment()) });
    await checkout.charge();
    const earlier = payment({ id: 'p0', state: 'paid' });
    expect(checkout.hear({ ...earlier, sale_id: 'another' }), 'another sale’s money').toBe(false);
    expect(checkout.hear(earlier)).toBe(true);
    expect(checkout.sheet, 'the later QR is gone').toMatchObject({ payment: { id: 'p0', state: 'paid' } });
    expect(checkout.hear(payment({ state: 'paid' })), 'paid twice is said elsewhere').toBe(false);
  });

  it('a check that cannot be made leaves the code and says why', async () => {
    const { checkout } = shop({
      payment_start: () => done(payment()),
      payment_check: () => refused('too_soon', 'Tunggu sebentar.'),
    });
    await checkout.charge();
    await checkout.check();
    expect(checkout.problem?.message).toBe('Tunggu sebentar.');
    expect(checkout.sheet).toMatchObject({ payment: { state: 'pending' } });
    expect(checkout.busy).toBeNull();
  });
});
