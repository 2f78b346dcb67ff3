/** Kinds of gateways and gateways of each, as Rust lists them. */
import type { GatewayField } from '../src/generated/GatewayField';
import type { GatewayKind } from '../src/generated/GatewayKind';
import type { GatewayView } from '../src/generated/GatewayView';
import type { MethodView } from '../src/generated/MethodView';

export function gatewayField(name: string, form: string, change: Partial<GatewayField> = {}): GatewayField {
  const choices = form === 'flag' ? ['true', 'false'] : [];
  return { name, secret: false, required: false, default: null, form, choices, allowed: '', ...change };
}

const secret = (name: string, required: boolean): GatewayField => gatewayField(name, 'text', { secret: true, required });
const number = (name: string, standard: string): GatewayField =>
  gatewayField(name, 'number', { default: standard, allowed: '100 - 120000' });

const COMMON: GatewayField[] = [
  number('timeout_ms', '15000'),
  number('connect_timeout_ms', '5000'),
  number('min_recheck_ms', '4000'),
  gatewayField('expected_nmid', 'text'),
  gatewayField('zone', 'one_of', { default: 'WIB', choices: ['WIB', 'WITA', 'WIT'] }),
  gatewayField('path.create', 'path', { default: '/create', allowed: '/api/...' }),
];

function kind(name: string, title: string, fields: GatewayField[], change: Partial<GatewayKind> = {}): GatewayKind {
  const base_url = `https://${name}.example`;
  const limits = { minimum: 1_000, maximum: null };
  const rest = { pays_bills: false, ...limits, methods: ['qris'], operations: [] };
  return { kind: name, title, base_url, ...rest, fields: [...fields, ...COMMON], ...change };
}

export const KINDS: GatewayKind[] = [
  kind('paydigital', 'Paydigital', [
    gatewayField('auth', 'one_of', { default: 'bearer', choices: ['bearer', 'form'] }),
    gatewayField('store_id', 'number', { required: true, allowed: '1 - 4294967295' }),
    secret('api_key', true),
  ]),
  kind('bayargg', 'Bayar.gg', [
    secret('api_key', true),
    secret('webhook_secret', false),
    gatewayField('ovo_number', 'account', { allowed: '081200000000' }),
    gatewayField('own_qris.qris_user', 'qris', { allowed: '000201010211...' }),
  ]),
  kind('midtrans', 'Midtrans', [secret('api_key', true), gatewayField('app_code', 'text', { required: true })], {
    base_url: '',
  }),
  kind('digiswitch', 'Digiswitch', [secret('api_key', true), gatewayField('testing', 'flag', { default: 'false' })], {
    pays_bills: true,
    methods: [],
  }),
];

export function way(code: string, label: string, maximum: number | null = null): MethodView {
  return { code, label, minimum: 1_000, maximum };
}

export function gateway(name: string, change: Partial<GatewayView> = {}): GatewayView {
  return {
    name,
    kind: name,
    title: KINDS.find((known) => known.kind === name)?.title ?? name,
    base_url: '',
    options: {},
    key_hint: '4f1c',
    light: 'ready',
    latency_ms: 412,
    last_ok_at: null,
    problem: null,
    pinned: null,
    pays_bills: false,
    has_orders: name === 'bayargg',
    plain_http: false,
    minimum: 1_000,
    maximum: null,
    methods: [way('qris', 'QRIS')],
    extra: [],
    ...change,
  };
}

export const BAYARGG = gateway('bayargg', {
  methods: [way('qris', 'QRIS Bayar.gg', 500_000), way('ovo', 'OVO')],
  extra: [
    gatewayField('customer_email', 'text'),
    gatewayField('file_id', 'number', { allowed: '1 - 999999' }),
    gatewayField('use_qris_converter', 'flag'),
  ],
});
