import { describe, expect, it } from 'vitest';
import { digitsOf, grouped, rupiah, uniqueCode } from '../src/lib/money';

describe('rupiah', () => {
  it.each([
    [0, 'Rp\u00a00'],
    [7, 'Rp\u00a07'],
    [999, 'Rp\u00a0999'],
    [1000, 'Rp\u00a01.000'],
    [10_387, 'Rp\u00a010.387'],
    [999_999_999, 'Rp\u00a0999.999.999'],
    [9_007_199_254_740_991, 'Rp\u00a09.007.199.254.740.991'],
    [-5000, '-Rp\u00a05.000'],
  ])('%i reads %s, and never breaks across lines', (amount, text) => {
    expect(rupiah(amount)).toBe(text);
  });

  it('drops "Rp" in lists', () => {
    expect(grouped(15_500)).toBe('15.500');
    expect(grouped(-2000)).toBe('-2.000');
  });
});

describe('unique code', () => {
  it('is an addition at a gateway and a deduction at the own QRIS', () => {
    expect(uniqueCode(347)).toBe('+\u00a0347');
    expect(uniqueCode(-3)).toBe('\u22123');
  });
});

describe('a typed amount', () => {
  it.each([
    ['10000000', 10_000_000],
    [' Rp 10.000.000 ', 10_000_000],
    ['rp5.000', 5000],
    ['0', 0],
  ])('reads %s', (typed, amount) => expect(digitsOf(typed)).toBe(amount));

  it.each(['', 'Rp', '10.00', '1.0000', '5,000', '-5', '1e6', '12 000', '9999999999999999'])(
    'does not guess at %s',
    (typed) => expect(digitsOf(typed)).toBeNull(),
  );
});
