import { createStore } from 'zustand/vanilla';

/** A short message at the window's edge, with at most one thing to do about it. */
export interface Notice {
  id: number;
  tone: 'info' | 'error';
  message: string;
  action?: { label: string; run: () => void };
}

export interface NoticeState {
  notices: readonly Notice[];
  nextId: number;
}

/** More than this hides the window: the oldest leave. */
const NOTICE_LIMIT = 4;

export const createNoticeStore = () => createStore<NoticeState>(() => ({ notices: [], nextId: 1 }));
export type NoticeStore = ReturnType<typeof createNoticeStore>;

/** The same message twice is one notice: it is renewed, not repeated. */
export function showNotice(store: NoticeStore, notice: Omit<Notice, 'id'>): void {
  store.setState((state) => ({
    notices: [
      ...state.notices.filter((shown) => shown.message !== notice.message),
      { ...notice, id: state.nextId },
    ].slice(-NOTICE_LIMIT),
    nextId: state.nextId + 1,
  }));
}

export function dismissNotice(store: NoticeStore, id: number): void {
  store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
}
