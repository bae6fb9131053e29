// A slow phone, as DevTools' own presets have it: "Fast 4G" on a processor slowed down four times.
// Shared by the test of the first load and by its figure in bench/.

/** DevTools' "Fast 4G": 9 Mbit/s down and 1.5 up, of which a tenth is lost, and 60 ms each way round. */
const fast4G = { offline: false, latency: 60 * 2.75,
  downloadThroughput: (9 * 1000 * 1000 / 8) * 0.9, uploadThroughput: (1.5 * 1000 * 1000 / 8) * 0.9 };
const slowdown = 4;

/**
 * Opens a page as one who has never been there does, on a slow phone.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @returns {Promise<{ page: import('playwright-core').Page, interactive: number, requests: object[],
 *   shifts(): Promise<unknown[]>, leave(): Promise<void> }>}  interactive: milliseconds from the start
 *   until a free time is on the screen's tree and takes a press; requests: those until then
 */
export async function firstLoad(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2,
    isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', fast4G);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const requests = watchRequests(tools);
  await page.addInitScript(watchPage);
  await page.goto(address);
  await page.waitForFunction(() => globalThis.interactiveAt !== undefined, undefined, { polling: 100 });
  const { interactive, wallClock } = await page.evaluate(() => ({ interactive: globalThis.interactiveAt,
    wallClock: performance.timeOrigin }));
  return {
    page,
    interactive,
    requests: [...requests.values()].filter(({ began, ended }) =>
      ended !== undefined && (began * 1000) - wallClock < interactive),
    shifts: () => page.evaluate(() => globalThis.shifts),
    leave: () => context.close(),
  };
}

/** Runs in the page: notes each shift, those after a press too, and when a free time can be pressed. */
function watchPage() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const at = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
      globalThis.shifts.push([value, ...sources.map(({ node, previousRect, currentRect }) =>
        `${node?.className ?? 'a part'} from ${at(previousRect)} to ${at(currentRect)}`)]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const free = document.querySelector('slotguard-booking')?.shadowRoot
      ?.querySelector('[data-slot][data-state="available"] input:enabled');
    if (free?.checkVisibility({ opacityProperty: false })) {
      // Its picture is drawn, and the thread is free to hear a press.
      requestAnimationFrame(() => setTimeout(() => { globalThis.interactiveAt = performance.now(); }));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function watchRequests(tools) {
  const requests = new Map();
  let offset;
  tools.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime }) => {
    offset ??= wallTime - timestamp;
    requests.set(requestId, { url: request.url, began: timestamp + offset });
  });
  tools.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
    Object.assign(requests.get(requestId) ?? {}, { ended: timestamp + offset, bytes: encodedDataLength });
  });
  return requests;
}
