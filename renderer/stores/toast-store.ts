import { createStore } from 'zustand/vanilla';

/** A short message at the edge of the window, with at most one action. */
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

/** Limit of toasts, so that they do not cover the window; the oldest are removed. */
const NOTICE_LIMIT = 4;

export const createToastStore = () => createStore<ToastState>(() => ({ toasts: [], nextId: 1 }));
export type ToastStore = ReturnType<typeof createToastStore>;

/** Shows a toast. A repeated message renews its toast instead of adding another. */
export function showToast(store: ToastStore, toast: Omit<Toast, 'id'>): void {
  store.setState((state) => ({
    toasts: [...state.toasts.filter((shown) => shown.message !== toast.message), { ...toast, id: state.nextId }].slice(
      -NOTICE_LIMIT,
    ),
    nextId: state.nextId + 1,
  }));
}

/** Removes the toast with this message, if it is still shown. */
export function dismissMessage(store: ToastStore, message: string): void {
  store.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.message !== message) }));
}

export function dismissToast(store: ToastStore, id: number): void {
  store.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
}
