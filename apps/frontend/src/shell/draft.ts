'use client';

import { useCallback, useSyncExternalStore } from 'react';

/**
 * Text that somebody is still typing, kept for this tab. It outlives the form it was typed in (a
 * session that ends, a reload), and goes when its owner signs out.
 */
const listeners = new Set<() => void>();
const PREFIX = 'draft:';

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function write(key: string, text: string) {
  if (text) sessionStorage.setItem(PREFIX + key, text);
  else sessionStorage.removeItem(PREFIX + key);
  for (const listener of listeners) listener();
}

/**
 * @param key who is typing what, e.g. `<user id>:message`
 * @returns the text and its setter
 */
export function useDraft(key: string): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => sessionStorage.getItem(PREFIX + key) ?? '',
    () => '',
  );
  const setText = useCallback((next: string) => write(key, next), [key]);
  return [text, setText];
}

/** Forgets everything a person has typed and not sent. */
export function forgetDrafts(owner: string): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(`${PREFIX}${owner}:`)) sessionStorage.removeItem(key);
  }
}
