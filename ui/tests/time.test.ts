import { afterEach, describe, expect, it, vi } from 'vitest';
import { age, clockSeconds, clockText, dateText, isoDate, isoMoved, monthCells, monthMoved, monthText, remainingText, zoneOfComputer } from '../src/lib/time';

const EVENING = Date.UTC(2026, 10, 20, 16, 59, 59);

describe('the shop’s zone', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('decides the clock and the date, one second before midnight in Jakarta', () => {
    expect(clockSeconds(EVENING, 'WIB')).toBe('23.59.59');
    expect(dateText(EVENING, 'WIB', 'id')).toBe('20 Nov 2026');
    expect(clockSeconds(EVENING, 'WITA')).toBe('00.59.59');
    expect(dateText(EVENING, 'WITA', 'id')).toBe('21 Nov 2026');
    expect(clockText(EVENING, 'WIT')).toBe('01.59');
    expect(isoDate(EVENING, 'WIT')).toBe('2026-11-21');
  });

  it('wins over the computer’s zone', () => {
    vi.stubEnv('TZ', 'America/Anchorage');
    expect(clockText(EVENING, 'WIB')).toBe('23.59');
  });

  it('is suggested from the computer’s offset', () => {
    expect(zoneOfComputer(-420)).toBe('WIB');
    expect(zoneOfComputer(-480)).toBe('WITA');
    expect(zoneOfComputer(-540)).toBe('WIT');
    expect(zoneOfComputer(0)).toBe('WIB');
  });
});

describe('dates', () => {
  it('name months in the chosen language', () => {
    const may = Date.UTC(2026, 4, 5, 3);
    expect(dateText(may, 'WIB', 'id')).toBe('5 Mei 2026');
    expect(dateText(may, 'WIB', 'en')).toBe('5 May 2026');
  });

  it('fill a calendar that begins on Monday', () => {
    const november = monthCells('2026-11-20');
    expect(november.slice(0, 7)).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(november.at(-1)).toBe('2026-11-30');
    expect(monthCells('2028-02-10').filter((day) => day !== null), 'a leap year').toHaveLength(29);
    expect(monthText('2026-08-01', 'id')).toBe('Agu 2026');
    expect(monthMoved('2026-01-31', -1)).toBe('2025-12-01');
  });

  it('move over month and year ends', () => {
    expect(isoMoved('2026-03-01', -1)).toBe('2026-02-28');
    expect(isoMoved('2026-12-31', 1)).toBe('2027-01-01');
  });
});

describe('time left', () => {
  it.each([
    [558_000, '09.18'],
    [557_001, '09.18'],
    [1, '00.01'],
    [0, '00.00'],
    [-5000, '00.00'],
    [3_600_000 + 61_000, '1.01.01'],
  ])('%i ms reads %s', (ms, text) => {
    expect(remainingText(ms)).toBe(text);
  });
});

describe('age', () => {
  it('uses its largest whole unit and is never negative', () => {
    expect(age(-1)).toEqual({ count: 0, unit: 'seconds' });
    expect(age(59_999)).toEqual({ count: 59, unit: 'seconds' });
    expect(age(720_000)).toEqual({ count: 12, unit: 'minutes' });
    expect(age(3 * 3_600_000)).toEqual({ count: 3, unit: 'hours' });
    expect(age(49 * 3_600_000)).toEqual({ count: 2, unit: 'days' });
  });
});
