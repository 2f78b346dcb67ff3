/** Who could give a PIN, and who sits at the window: as Rust last said. */
import type { DoorPerson } from '../generated/DoorPerson';
import type { DoorView } from '../generated/DoorView';

const NOBODY: DoorView = { locked: false, signed_in: null, people: [], has_recovery: false };
const RANKS = ['cashier', 'supervisor', 'owner'];

export type RoleWord = 'cashier' | 'supervisor' | 'owner';

class Door {
  view = $state.raw<DoorView>(NOBODY);

  /** Whoever has at least this role, owners first: the one that is meant most often. Never `except`. */
  atLeast(role: RoleWord, except: string | null = null): DoorPerson[] {
    const rank = (person: DoorPerson): number => RANKS.indexOf(person.role);
    const enough = this.view.people.filter((person) => rank(person) >= RANKS.indexOf(role) && person.id !== except);
    return enough.toSorted((one, other) => rank(other) - rank(one));
  }
}

export const door = new Door();
