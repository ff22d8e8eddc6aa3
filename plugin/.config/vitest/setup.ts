// What jsdom lacks and `@grafana/ui` takes for granted.
import { vi } from 'vitest';

window.matchMedia = (media) => ({
  media,
  matches: false,
  onchange: null,
  addListener: vi.fn(),
  removeListener: vi.fn(),
  addEventListener: vi.fn(),
  removeEventListener: vi.fn(),
  dispatchEvent: vi.fn(() => false),
});

class NoObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
vi.stubGlobal('ResizeObserver', NoObserver);
vi.stubGlobal('IntersectionObserver', NoObserver);

// Comboboxes measure their text and virtualise their options: give everything a size.
const context = { font: '', measureText: (text: string) => ({ width: text.length * 8 }) };
HTMLCanvasElement.prototype.getContext = vi.fn((kind: string) => (kind === '2d' ? context : null)) as never;
vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(() => new DOMRect(0, 0, 320, 240));
for (const height of ['offsetHeight', 'clientHeight'] as const) {
  vi.spyOn(HTMLElement.prototype, height, 'get').mockReturnValue(240);
}
for (const width of ['offsetWidth', 'clientWidth'] as const) {
  vi.spyOn(HTMLElement.prototype, width, 'get').mockReturnValue(320);
}
Element.prototype.scrollTo = vi.fn();
Element.prototype.scrollIntoView = vi.fn();
