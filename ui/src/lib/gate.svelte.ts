/** A command that may need somebody's PIN: asked once without, and once more with the PIN that Rust wanted. */
import type { Answer } from '../generated/Answer';
import type { Commands } from '../generated/commands';
import type { WordInput } from '../generated/WordInput';
import type { RoleWord } from './door.svelte';
import type { Call, Name, Problem } from './ipc';

/** After these the PIN is typed again; after any other answer the question is over. */
const ABOUT_THE_PIN = ['pin_required', 'pin_wrong', 'pin_locked', 'role_too_low', 'same_person', 'no_pin'];

export interface Question {
  title: string;
  /** What Rust said when it was asked without a PIN. */
  about: string;
  /** Whose PIN would do. */
  least: RoleWord;
  /** Answers the problem that keeps the question open; null when it is over. */
  answer: (word: WordInput) => Promise<Problem | null>;
  giveUp: () => void;
}

export class Gate {
  question = $state.raw<Question | null>(null);
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Null when the person gave up. */
  async ask<K extends Name>(
    name: K,
    input: Commands[K]['input'],
    title: string,
    least: RoleWord = 'supervisor',
  ): Promise<Answer<Commands[K]['output']> | null> {
    const first = await this.#call(name, input);
    if (first.kind !== 'refused' || first.code !== 'pin_required') return first;
    // One question at a time: an older one ends unanswered.
    this.question?.giveUp();
    return new Promise((resolve) => {
      const end = (answer: Answer<Commands[K]['output']> | null): void => {
        this.question = null;
        resolve(answer);
      };
      this.question = {
        title,
        about: first.message,
        least,
        answer: async (word) => {
          const answer = await this.#call(name, input, word);
          if (answer.kind === 'refused' && ABOUT_THE_PIN.includes(answer.code)) return answer;
          end(answer);
          return null;
        },
        giveUp: () => end(null),
      };
    });
  }
}
