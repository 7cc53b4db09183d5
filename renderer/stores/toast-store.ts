import { createStore } from 'zustand/vanilla';

/** A short message at the window's edge, with at most one thing to do about it. */
export interface Toast {
  id: number;
  tone: 'info' | 'error';
  message: string;
  action?: { label: string; run: () => void };
}

export interface ToastState {
  toasts: readonly Toast[];
  nextId: number;
}

/** More than this hides the window: the oldest leave. */
const NOTICE_LIMIT = 4;

export const createToastStore = () => createStore<ToastState>(() => ({ toasts: [], nextId: 1 }));
export type ToastStore = ReturnType<typeof createToastStore>;

/** The same message twice is one toast: it is renewed, not repeated. */
export function showToast(store: ToastStore, toast: Omit<Toast, 'id'>): void {
  store.setState((state) => ({
    toasts: [...state.toasts.filter((shown) => shown.message !== toast.message), { ...toast, id: state.nextId }].slice(
      -NOTICE_LIMIT,
    ),
    nextId: state.nextId + 1,
  }));
}

export function dismissToast(store: ToastStore, id: number): void {
  store.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
}
