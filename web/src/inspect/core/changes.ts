// Who wants to know what has changed, in this tab and in others.
import type { Changes } from './contract.ts';

/** To the other tabs. */
export type Channel = { send: (what: Changes) => void; receive: (read: (what: Changes) => void) => void };

export type ChangeTeller = {
  /** Tells the listeners of this tab, and the other tabs. */
  tell: (what: Changes) => void;
  /** Tells the listeners of this tab only. */
  tellHere: (what: Changes) => void;
  /** Tells the other tabs only. */
  tellElsewhere: (what: Changes) => void;
  onChange: (listener: (what: Changes) => void) => () => void;
  /** Called when another tab has changed what is stored. */
  onElsewhere: (reload: (what: Changes) => void) => void;
};

export function createChanges(channel: Channel | null): ChangeTeller {
  const listeners = new Set<(what: Changes) => void>();
  const tellHere = (what: Changes) => {
    for (const listener of [...listeners]) listener(what);
  };
  return {
    tellHere,
    tellElsewhere: (what) => channel?.send(what),
    tell(what) {
      channel?.send(what);
      tellHere(what);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onElsewhere: (reload) => channel?.receive(reload),
  };
}
