import { useEffect, useState } from 'react';
import type { KeyboardEvent, RefObject, WheelEvent } from 'react';
import { actionOf } from '../../shortcuts.ts';
import type { ShortcutAction } from '../../shortcuts.ts';
import { zooms } from './scale.ts';
import type { Scale, Zoom } from './scale.ts';

interface PanningInput {
  scroller: RefObject<HTMLElement | null>;
  scale: Scale;
  /** Visible width of the lanes, in px. */
  viewWidth: number;
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
}

const order: readonly Zoom[] = ['day', 'three', 'week'];
/** Position of now as a fraction of the view: the future gets more space than the past. */
const NOW_AT = 0.4;

/** Handles the shortcuts of the timeline, and the wheel, which zooms with Ctrl or Cmd. */
export function usePanning({ scroller, scale, viewWidth, zoom, setZoom }: PanningInput) {
  const showNow = () => {
    scroller.current?.scrollTo({ left: scale.x(Date.now()) - viewWidth * NOW_AT });
  };
  const pan = (share: number) => scroller.current?.scrollBy({ left: viewWidth * share, behavior: 'smooth' });
  const step = (by: number) => {
    const next = order[order.indexOf(zoom) + by];
    if (next && zooms[next] !== zooms[zoom]) setZoom(next);
  };
  const actions: Partial<Record<ShortcutAction, () => void>> = {
    earlier: () => pan(-0.25),
    later: () => pan(0.25),
    now: showNow,
    zoomIn: () => step(-1),
    zoomOut: () => step(1),
  };
  return {
    showNow,
    onKeyDown: (event: KeyboardEvent) => {
      const action = actionOf('timeline', event);
      const run = action === null ? undefined : actions[action];
      if (!run) return;
      event.preventDefault();
      run();
    },
    onWheel: (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) step(event.deltaY > 0 ? 1 : -1);
    },
  };
}

/** Returns the current width of an element in px. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
