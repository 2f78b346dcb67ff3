/** The till's own notes, made by the audio device itself: no files, no network. Never the only sign of anything. */
import type { Sound } from '../generated/Sound';

interface Note {
  readonly hertz: number;
  readonly from: number;
  readonly long: number;
}

/** Seconds. */
const NOTES: Record<Sound, readonly Note[]> = {
  paid: [
    { hertz: 784, from: 0, long: 0.16 },
    { hertz: 1175, from: 0.15, long: 0.32 },
  ],
  odd: [
    { hertz: 660, from: 0, long: 0.18 },
    { hertz: 440, from: 0.19, long: 0.32 },
  ],
  late: [{ hertz: 262, from: 0, long: 0.45 }],
};

const START_LIMIT_MS = 1000;

let context: AudioContext | null = null;

function ring(audio: AudioContext, note: Note, gain: number): void {
  const start = audio.currentTime + note.from;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.type = 'triangle';
  oscillator.frequency.value = note.hertz;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(gain, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + note.long);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + note.long);
}

/** Plays at 0 to 100. Answers whether the device took it; a chosen volume of 0 is no failure. */
export async function play(sound: Sound, volume: number): Promise<boolean> {
  if (volume <= 0) return true;
  try {
    context ??= new AudioContext();
    const audio = context;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, START_LIMIT_MS));
    await Promise.race([audio.resume(), limit]);
    if (audio.state !== 'running') return false;
    const gain = Math.max(0.0002, (volume / 100) ** 2 * 0.6);
    for (const note of NOTES[sound]) ring(audio, note, gain);
    return true;
  } catch {
    // No device, or the web view has no audio at all: the caller shows it on the strip.
    return false;
  }
}
