'use client';

import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { CrossIcon } from './icons.tsx';

export interface Toast {
  text: string;
  tone?: 'plain' | 'danger';
  /** A way back, also on Ctrl+Z or ⌘Z while no text is being edited. */
  undo?: () => void;
}

const SHOWN_MS = 9_000;
const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows one short message at a time at the foot of the page. */
export function useToast() {
  return use(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast & { serial: number }>();
  const [held, setHeld] = useState(false);
  const show = useCallback(
    (next: Toast) => setToast((last) => ({ ...next, serial: (last?.serial ?? 0) + 1 })),
    [],
  );
  const close = useCallback(() => {
    setToast(undefined);
    setHeld(false);
  }, []);

  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(close, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, held, close]);

  const undo = useMemo(
    () =>
      toast?.undo &&
      (() => {
        toast.undo?.();
        close();
      }),
    [toast, close],
  );
  useUndoKey(undo);

  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-4 bottom-20 z-20 flex justify-center lg:right-[27rem] lg:bottom-6"
      >
        {toast && (
          <div
            className="pointer-events-auto flex max-w-full items-center gap-1 rounded-xl bg-ink py-1 pr-1 pl-4 text-desk shadow-lg"
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
          >
            <span className="min-w-0 py-2 wrap-anywhere">{toast.text}</span>
            {undo && (
              <button
                type="button"
                className="min-h-11 shrink-0 rounded-lg px-3 font-semibold underline underline-offset-4"
                onClick={undo}
              >
                Undo
              </button>
            )}
            <button
              type="button"
              aria-label="Close this message"
              className="inline-flex size-11 shrink-0 items-center justify-center rounded-lg"
              onClick={close}
            >
              <CrossIcon />
            </button>
          </div>
        )}
      </div>
    </ToastContext>
  );
}

function useUndoKey(undo: (() => void) | undefined) {
  useEffect(() => {
    if (!undo) return;
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.matches('textarea, input:not([type=checkbox])');
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey || typing)
        return;
      event.preventDefault();
      undo();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [undo]);
}
