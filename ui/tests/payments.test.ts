import { describe, expect, it } from 'vitest';
import { canCancel, faceOf, isExpired, newer, pillOf, stateOf, trayGroup } from '../src/lib/payments';
import { evidence, NOW, ownQris, payment } from './fixtures';

describe('the face of the sheet', () => {
  it.each([
    ['pending', 'waiting'],
    ['unknown', 'waiting'],
    ['expired', 'waiting'],
    ['unverified', 'unverified'],
    ['cancelled', 'over'],
    ['failed', 'over'],
    ['rejected', 'blocked'],
    ['paid', 'paid'],
    ['confirmed', 'paid'],
  ])('%s is %s', (state, face) => {
    expect(faceOf(payment({ state }))).toBe(face);
  });

  it.each(['planned', 'submitting', 'unknown', 'pending', 'unverified', 'expired', 'failed', 'cancelled', 'rejected'])(
    '%s with nothing to present is never a code',
    (state) => expect(faceOf(payment({ state, presentment: null }))).toBe('blocked'),
  );

  it('a state from a later version is an open question, not an end', () => {
    expect(stateOf(payment({ state: 'teleported' }))).toBe('unknown');
    expect(faceOf(payment({ state: 'teleported' }))).toBe('waiting');
    expect(pillOf(payment({ state: 'teleported' }))).toBe('unpaid');
  });
});

describe('expiry', () => {
  it('comes by the clock or by the gateway’s word, and the own QRIS has none', () => {
    expect(isExpired(payment({ expires_at: NOW }), NOW - 1)).toBe(false);
    expect(isExpired(payment({ expires_at: NOW }), NOW)).toBe(true);
    expect(isExpired(payment({ state: 'expired', expires_at: NOW + 1000 }), NOW)).toBe(true);
    expect(isExpired(ownQris(), NOW + 1e12)).toBe(false);
  });
});

describe('flags', () => {
  it('speak before LUNAS does', () => {
    expect(pillOf(payment({ state: 'paid', flags: ['late'] }))).toBe('late');
    expect(pillOf(payment({ state: 'pending', flags: ['under'] }))).toBe('under');
    expect(pillOf(payment({ state: 'paid', flags: ['late', 'duplicate'] }))).toBe('duplicate');
    expect(pillOf(payment({ state: 'paid' }))).toBe('paid');
  });

  it('put a payment into the tray’s second group', () => {
    expect(trayGroup(payment({ flags: ['late'], state: 'paid' }))).toBe('late');
    expect(trayGroup(ownQris())).toBe('unverified');
    expect(trayGroup(payment())).toBe('waiting');
  });
});

describe('taking back', () => {
  it('means something only while the payment stands', () => {
    expect(canCancel(payment())).toBe(true);
    expect(canCancel(ownQris())).toBe(true);
    expect(canCancel(payment({ state: 'paid' }))).toBe(false);
    expect(canCancel(payment({ state: 'expired' }))).toBe(false);
  });
});

describe('two views of one payment', () => {
  const before = payment();
  const paid = payment({ state: 'paid', evidence: [evidence('pending'), evidence('paid')] });

  it('the one with more evidence is later, whichever came first', () => {
    expect(newer(before, paid)).toBe(paid);
    expect(newer(paid, before)).toBe(paid);
  });

  it('with equal evidence the later check is later', () => {
    const checked = payment({ checked_at: NOW });
    expect(newer(before, checked)).toBe(checked);
    expect(newer(checked, before)).toBe(checked);
  });
});
