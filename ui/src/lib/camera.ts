/** The computer's camera, where the system gives one: which there are, its picture, one frame of it. */
import { m } from '../paraglide/messages.js';

/** Enough pixels for a sticker at arm's length, few enough to be read several times a second. */
const WIDTH = 1280;
const QUALITY = 0.92;

export async function hasCamera(): Promise<boolean> {
  try {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices.some((device) => device.kind === 'videoinput');
  } catch {
    return false;
  }
}

/** Hears when a camera is plugged in or pulled out. Answers the function that stops it. */
export function onCameraChange(heard: () => void): () => void {
  navigator.mediaDevices?.addEventListener('devicechange', heard);
  return () => navigator.mediaDevices?.removeEventListener('devicechange', heard);
}

/** Switches the camera on; of several, the one that looks away from the cashier. Whoever asked must stop its tracks. */
export function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { width: { ideal: WIDTH }, facingMode: { ideal: 'environment' } },
  });
}

/** Why no picture comes, and what to do. */
export function cameraProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
      return m.camera_denied();
    case 'NotFoundError':
    case 'OverconstrainedError':
      return m.camera_none();
    default:
      return m.camera_busy();
  }
}

/** What the camera sees now, as a JPEG; none before its first picture. */
export function frameOf(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const brush = canvas.getContext('2d');
  if (brush === null || canvas.width === 0) return Promise.resolve(null);
  brush.drawImage(video, 0, 0);
  return new Promise((told) => canvas.toBlob(told, 'image/jpeg', QUALITY));
}
