/** A gateway's field in words, with the name that its own papers use beside it. */
import type { GatewayField } from '../generated/GatewayField';
import { m } from '../paraglide/messages.js';

const PATH = 'path.';
const OWN_QRIS = 'own_qris.';
/** Options that every kind has, and that hardly a shop needs to change. */
const COMMON = ['timeout_ms', 'connect_timeout_ms', 'min_recheck_ms', 'expected_nmid', 'zone'];

const WORDS: Readonly<Record<string, () => string>> = {
  api_key: () => m.field_api_key(),
  webhook_secret: () => m.field_webhook_secret(),
  timeout_ms: () => m.field_timeout(),
  connect_timeout_ms: () => m.field_connect_timeout(),
  min_recheck_ms: () => m.field_recheck(),
  expected_nmid: () => m.field_nmid(),
  zone: () => m.zone(),
  cost_bps: () => m.field_cost_share(),
  cost_rp: () => m.field_cost_each(),
  hours: () => m.field_hours(),
  expired_in: () => m.field_lifetime(),
  store_id: () => m.field_store_id(),
  auth: () => m.field_auth(),
  method: () => m.field_method(),
  methods: () => m.field_methods(),
  payment_url: () => m.field_payment_url(),
  ovo_number: () => m.field_ovo_number(),
  app_code: () => m.field_app_code(),
  items: () => m.field_items(),
  username: () => m.field_username(),
  testing: () => m.field_testing(),
  deposit_sign: () => m.field_deposit_sign(),
  customer_email: () => m.field_email(),
  customer_phone: () => m.field_phone(),
  email: () => m.field_email(),
  phone: () => m.field_phone(),
  first_name: () => m.field_first_name(),
  last_name: () => m.field_last_name(),
  callback_url: () => m.field_callback_url(),
  redirect_url: () => m.field_redirect_url(),
  file_id: () => m.field_file(),
  content_id: () => m.field_content(),
  product_image_id: () => m.field_picture(),
  use_qris_converter: () => m.field_converter(),
};

/** A name that this window does not know is shown as the papers write it. */
export function nameWord(name: string): string {
  if (name.startsWith(PATH)) return m.field_path({ name: name.slice(PATH.length) });
  if (name.startsWith(OWN_QRIS)) return m.field_own_qris({ method: name.slice(OWN_QRIS.length) });
  const word = WORDS[name];
  return word === undefined ? name : `${word()} (${name})`;
}

export function fieldWord(field: GatewayField): string {
  return nameWord(field.name);
}

/** What may be chosen for a field, in words. */
export function choiceWord(name: string, choice: string): string {
  if (name === 'auth' && choice === 'bearer') return m.auth_bearer();
  if (name === 'auth' && choice === 'form') return m.auth_form();
  if (choice === 'true' || choice === 'yes') return m.yes();
  if (choice === 'false' || choice === 'no') return m.no();
  return choice;
}

export function isAdvanced(name: string): boolean {
  return COMMON.includes(name) || name.startsWith(PATH);
}

/** Secrets, then what must be filled, then the kind's own: the order of the form. */
export function mainFields(fields: readonly GatewayField[]): GatewayField[] {
  const own = fields.filter((field) => !isAdvanced(field.name));
  const rank = (field: GatewayField): number => (field.secret ? 0 : field.required ? 1 : 2);
  return own.toSorted((one, other) => rank(one) - rank(other));
}

/** What is sent of typed values: none that is empty. */
export function filled(fields: readonly GatewayField[], values: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = fields.map((field) => [field.name, (values[field.name] ?? '').trim()] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}

export function lacks(fields: readonly GatewayField[], values: Readonly<Record<string, string>>): boolean {
  return fields.some((field) => field.required && (values[field.name] ?? '').trim() === '');
}
