// What somebody went to from the palette last, on this device.
import { user } from '../server.ts';

export type Found = { to: string; title: string; note: string; kind: 'page' | 'merchant' | 'record' };

const most = 8;
const key = () => `mingdan.desk.recent.${user.value?.id ?? ''}`;

function isFound(value: unknown): value is Found {
  if (typeof value !== 'object' || value === null) return false;
  const { to, title, note, kind } = value as Record<string, unknown>;
  return [to, title, note, kind].every((part) => typeof part === 'string');
}

export function recent(): Found[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key()) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isFound) : [];
  } catch {
    return [];
  }
}

export function remember(found: Found): void {
  const others = recent().filter(({ to }) => to !== found.to);
  localStorage.setItem(key(), JSON.stringify([found, ...others].slice(0, most)));
}
