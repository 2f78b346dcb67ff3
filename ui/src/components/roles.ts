/** What a person's role is called, and what it may do. */
import type { RoleWord } from '../lib/door.svelte';
import { m } from '../paraglide/messages.js';

export const ROLES: readonly RoleWord[] = ['cashier', 'supervisor', 'owner'];

/** A role that this window does not know yet is shown as Rust writes it. */
export function roleName(role: string): string {
  switch (role) {
    case 'cashier':
      return m.role_cashier();
    case 'supervisor':
      return m.role_supervisor();
    case 'owner':
      return m.role_owner();
    default:
      return role;
  }
}

export function roleAbout(role: RoleWord): string {
  switch (role) {
    case 'cashier':
      return m.role_cashier_about();
    case 'supervisor':
      return m.role_supervisor_about();
    case 'owner':
      return m.role_owner_about();
  }
}
