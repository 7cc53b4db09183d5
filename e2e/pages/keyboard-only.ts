import { expect } from '@playwright/test';
import type { Page } from 'playwright';

/** More stops than any page has. */
const MOST_STOPS = 150;

const controls = ['a[href]', 'button', 'input', 'select', 'textarea', '[tabindex]']
  .map((each) => `${each}:not(:disabled, [tabindex="-1"])`)
  .join();

/** A person without a mouse. After each key, the focus must be on something that has a name and shows that it has the focus. */
export class KeyboardOnly {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      const problems = async () => (await this.#page.evaluate(lookAtFocus, null)).problems;
      await expect.poll(problems, { message: `after ${key}`, intervals: [20, 50] }).toEqual([]);
    }
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Presses Tab until the element with this accessible name has the focus. */
  async tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < MOST_STOPS; presses += 1) {
      await this.#page.keyboard.press('Tab');
      const { names, problems } = await this.#page.evaluate(lookAtFocus, null);
      if (names.includes(name)) return expect(problems, name).toEqual([]);
    }
    throw new Error(`${MOST_STOPS} presses of Tab did not reach ${name}`);
  }

  /** Gives the focus to every control of the page, one after the other, and checks each. */
  async checkControls(): Promise<void> {
    const { names, problems } = await this.#page.evaluate(lookAtFocus, controls);
    expect(names).not.toEqual([]);
    expect(problems).toEqual([]);
  }
}

interface Look {
  /** What the control may be called. */
  readonly names: readonly string[];
  /** What a person without a mouse would miss about its focus. */
  readonly problems: readonly string[];
}

/** Runs in the page. Looks at what has the focus or, with a selector, at every such control while it has the focus. */
function lookAtFocus(selector: string | null): Look {
  const isDrawn = (style: CSSStyleDeclaration) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const namesOf = (element: HTMLElement): string[] => {
    const labels = 'labels' in element ? [...(element.labels as NodeListOf<HTMLElement>)] : [];
    const ids = (element.getAttribute('aria-labelledby') ?? '').split(' ');
    const named = [...labels, ...ids.map((id) => document.getElementById(id)), element];
    const names = [element.getAttribute('aria-label'), element.title, ...named.map((by) => by?.textContent)];
    return names.map((name) => name?.trim() ?? '').filter((name) => name !== '');
  };
  const look = (focused: Element | null): Look => {
    if (!(focused instanceof HTMLElement) || focused === document.body) {
      return { names: [], problems: ['the focus is lost'] };
    }
    const names = namesOf(focused);
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    const isInView = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    // Fields in a frame show the frame, and links that cover a row show the row.
    const near = [focused, focused.parentElement ?? focused, focused.parentElement?.parentElement ?? focused];
    const hasRing = near.some((shown) => [null, '::after'].some((part) => isDrawn(getComputedStyle(shown, part))));
    const isSeen = hasRing || focused.matches('input, textarea, [data-highlighted]');
    const found = [names.length === 0 && 'no name', !isInView && 'out of view', !isSeen && 'not visible'];
    const problems = found.filter((problem) => problem !== false);
    return { names, problems: problems.map((problem) => `${problem}: ${focused.outerHTML.slice(0, 200)}`) };
  };
  if (selector === null) return look(document.activeElement);
  const each = [...document.querySelectorAll<HTMLElement>(selector)].filter((control) => control.checkVisibility());
  const looks = each.map((control) => {
    control.focus();
    return look(document.activeElement);
  });
  return { names: looks.flatMap(({ names }) => names), problems: looks.flatMap(({ problems }) => problems) };
}
