/** A gateway's field in words, with the name that its own papers use beside it. */
import type { GatewayField } from '../../generated/GatewayField';
import { m } from '../../paraglide/messages.js';

function known(name: string): string | null {
  switch (name) {
    case 'api_key':
      return m.field_api_key();
    case 'timeout_ms':
      return m.field_timeout();
    case 'connect_timeout_ms':
      return m.field_connect_timeout();
    case 'min_recheck_ms':
      return m.field_recheck();
    case 'expected_nmid':
      return m.field_nmid();
    case 'expired_in':
      return m.field_lifetime();
    case 'store_id':
      return m.field_store_id();
    case 'auth':
      return m.field_auth();
    case 'zone':
      return m.zone();
    default:
      return null;
  }
}

export function fieldWord(field: GatewayField): string {
  const word = known(field.name);
  return word === null ? field.name : `${word} (${field.name})`;
}
