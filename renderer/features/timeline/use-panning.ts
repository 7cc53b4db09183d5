import { useEffect, useState } from 'react';
import type { KeyboardEvent, RefObject, WheelEvent } from 'react';
import { zooms } from './scale.ts';
import type { Scale, Zoom } from './scale.ts';

interface PanningInput {
  scroller: RefObject<HTMLElement | null>;
  scale: Scale;
  /** Px of the lanes in sight. */
  viewWidth: number;
  zoom: Zoom;
  setZoom: (zoom: Zoom) => void;
}

const order: readonly Zoom[] = ['day', 'three', 'week'];
/** Now is shown at this part of the view: what comes matters more than what was. */
const NOW_AT = 0.4;

/** Arrow keys and Home pan, plus and minus zoom, as does the wheel with Ctrl or Cmd. */
export function usePanning({ scroller, scale, viewWidth, zoom, setZoom }: PanningInput) {
  const showNow = () => {
    scroller.current?.scrollTo({ left: scale.x(Date.now()) - viewWidth * NOW_AT });
  };
  const pan = (share: number) => scroller.current?.scrollBy({ left: viewWidth * share, behavior: 'smooth' });
  const step = (by: number) => {
    const next = order[order.indexOf(zoom) + by];
    if (next && zooms[next] !== zooms[zoom]) setZoom(next);
  };
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => pan(-0.25),
    ArrowRight: () => pan(0.25),
    Home: showNow,
    '+': () => step(-1),
    '=': () => step(-1),
    '-': () => step(1),
  };
  return {
    showNow,
    onKeyDown: (event: KeyboardEvent) => {
      const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    },
    onWheel: (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) step(event.deltaY > 0 ? 1 : -1);
    },
  };
}

/** An element's width in px, as it changes. */
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
