/** The smallest things that a test needs: views as Rust sends them, and a Rust that answers as told. */
import type { WordInput } from '../src/generated/WordInput';
import type { Answer } from '../src/generated/Answer';
import type { BookRulesView } from '../src/generated/BookRulesView';
import type { Boot } from '../src/generated/Boot';
import type { Commands } from '../src/generated/commands';
import type { DoorPerson } from '../src/generated/DoorPerson';
import type { DoorView } from '../src/generated/DoorView';
import type { EvidenceView } from '../src/generated/EvidenceView';
import type { PaymentView } from '../src/generated/PaymentView';
import type { QrisView } from '../src/generated/QrisView';
import type { Strip } from '../src/generated/Strip';
import type { Call, Name } from '../src/lib/ipc';

export const OWNER = { id: '00000000-0000-0000-0000-000000000001', name: 'Pemilik', role: 'owner' } as const;
export const SARI = { id: '00000000-0000-0000-0000-000000000002', name: 'Sari', role: 'cashier' } as const;

/** 20 Nov 2026, 19.41.30 WIB. */
export const NOW = Date.UTC(2026, 10, 20, 12, 41, 30);

const SIDE = 57;
export const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><path d="M4 4h7v7z"/></svg>`;

export const qris: QrisView = {
  payload: '000201READ',
  kind: 'static',
  merchant: 'TOKO CONTOH',
  city: 'SLEMAN',
  postal: null,
  nmid: 'ID1099900012345',
  acquirer: null,
  criteria: 'UMI',
  amount: null,
  warnings: [],
  svg: SVG,
};

export function evidence(state: string, at: number = NOW): EvidenceView {
  const nothing = { amount: null, gateway_id: null, paid_at: null, review: null, reason: null };
  return { source: 'poll', state, at, ...nothing };
}

export function payment(change: Partial<PaymentView> = {}): PaymentView {
  return {
    id: 'p1',
    sale_id: 's1',
    sale_number: 'A01-0148',
    state: 'pending',
    flags: [],
    amount: 50_000,
    unique_code: 347,
    total: 50_347,
    received: 0,
    own_qris: false,
    cash: null,
    gateway: 'kropay',
    gateway_title: 'Kropay',
    gateway_id: 'KRP1',
    presentment: {
      kind: 'qris',
      payload: '000201',
      svg: SVG,
      merchant: 'Toko Contoh',
      nmid: 'ID1099900012345',
      terminal: 'A01',
    },
    later: null,
    started_at: NOW - 342_000,
    expires_at: NOW + 558_000,
    paid_at: null,
    checked_at: NOW - 3000,
    notices: [],
    evidence: [evidence('pending')],
    ...change,
  };
}

export function ownQris(change: Partial<PaymentView> = {}): PaymentView {
  const own = { own_qris: true, gateway: null, gateway_title: null, gateway_id: null, expires_at: null };
  return payment({ state: 'unverified', unique_code: -3, amount: 34_500, total: 34_497, ...own, ...change });
}

export function boot(change: Partial<Boot> = {}): Boot {
  return {
    stage: { stage: 'ready', secrets_locked: false },
    shop: { name: 'Toko Contoh', address: '', phone: '', zone: 'WIB', cut_off: '00:00' },
    practice: false,
    practice_url: null,
    own_qris: { merchant: 'TOKO CONTOH', nmid: 'ID1099900012345' },
    max_amount: 10_000_000,
    has_pin: true,
    prefs: { lang: 'id', theme: 'light', text_size: 100, volume: 80, lock_minutes: 5 },
    door: { locked: false, signed_in: null, people: [OWNER], has_recovery: false },
    version: '0.1.0',
    ...change,
  };
}

/** The door as it stands once `who` has signed in; with nobody it is locked. */
export function bootOf(who: DoorPerson | null, change: Partial<DoorView> = {}): Boot {
  const people = [OWNER, SARI];
  return boot({ door: { locked: who === null, signed_in: who, people, has_recovery: true, ...change } });
}

export const RULES: BookRulesView = {
  rounding_step: 1,
  rounding_down: false,
  merchant_class: 'umi',
  steps: [1, 50, 100, 500, 1000],
  classes: ['umi', 'uke'],
};

export function strip(change: Partial<Strip> = {}): Strip {
  return {
    internet: 'ready',
    gateways: [],
    unsent: 0,
    unsent_oldest_ms: null,
    waiting: 0,
    late: 0,
    unverified: 0,
    warnings: [],
    shift: 2,
    cashier: 'Sari',
    register: 'A01',
    next_number: 'A01-0149',
    now: NOW,
    ...change,
  };
}

type Outputs = {
  [K in Name]?: (input: Commands[K]['input'], word?: WordInput) => Answer<Commands[K]['output']> | Promise<unknown>;
};

export interface Asked {
  name: Name;
  input: unknown;
  word?: WordInput;
}

export function done<T>(value: T): Answer<T> {
  return { kind: 'done', value };
}

export function refused(code: string, message: string): Answer<never> {
  return { kind: 'refused', code, message };
}

/** What the window asks of itself: a test that says nothing of it has nothing there. */
const QUIET: Outputs = { inbox: () => done({ items: [], waiting: 0, amount: 0 }) };

/** A Rust that knows the given commands; asking for another is a failure of the test. */
export function engine(outputs: Outputs): { call: Call; asked: Asked[] } {
  const asked: Asked[] = [];
  const call = (async (name: Name, input: never, word?: WordInput) => {
    const quiet = outputs[name] === undefined ? QUIET[name] : undefined;
    if (quiet !== undefined) return quiet(input, word);
    asked.push(word === undefined ? { name, input } : { name, input, word });
    const answer = outputs[name];
    if (answer === undefined) throw new Error(`the test's engine does not know ${name}`);
    return answer(input, word);
  }) as Call;
  return { call, asked };
}

/** A promise that the test resolves when it likes. */
export function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
