import { expect, test } from '../fixtures/app.ts';

test.beforeEach(({ scene }) => scene.configure({ osScheduler: 'in-process' }));

test('every window is sandboxed and isolated, without Node', async ({ scene, desktop }) => {
  const app = await scene.launch();
  await app.window();
  await desktop.tray.click(/^Quick add/);
  await app.quickAddWindow();
  // getLastWebPreferences returns what Electron really uses for this page; it has no published type.
  const preferences = await app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .map((contents) =>
        (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences(),
      ),
  );
  expect(preferences.length).toBeGreaterThanOrEqual(2);
  for (const one of preferences) {
    expect(one).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true });
    expect(one['webviewTag']).not.toBe(true);
  }
});

test('pages come from app:// with a strict policy, and the bridge has two functions', async ({ scene }) => {
  const page = await (await scene.launch()).window();
  expect(page.url()).toMatch(/^app:\/\//);
  const policy = await page.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(policy).toMatch(/script-src 'self'(;|$)/);
  const exposed = await page.evaluate(() => ({
    bridge: Object.keys((window as unknown as { ncpScheduler: object }).ncpScheduler).sort(),
    node: [
      typeof (globalThis as Record<string, unknown>)['require'],
      typeof (globalThis as Record<string, unknown>)['process'],
    ],
  }));
  expect(exposed).toEqual({ bridge: ['call', 'on'], node: ['undefined', 'undefined'] });
});

test('navigation, new windows and permissions are denied', async ({ scene }) => {
  const app = await scene.launch();
  const page = await app.window();
  const before = page.url();
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
  await page.evaluate(() => {
    location.href = 'https://example.org/';
  });
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'file:///etc/passwd';
    document.body.append(link);
    link.click();
    link.remove();
  });
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  expect(page.url()).toBe(before);
  expect(await app.visibleWindows()).toBe(1);
});

test('a page cannot download, leave by a link or a form, or show another page in itself', async ({ scene }) => {
  const app = await scene.launch();
  const page = await app.window();
  const before = page.url();
  await app.electron.evaluate(({ session }) => {
    const refused: boolean[] = [];
    Object.assign(globalThis, { refused });
    session.defaultSession.on('will-download', (event) => refused.push(event.defaultPrevented));
  });
  await page.evaluate(() => {
    const click = (href: string, more: Partial<HTMLAnchorElement>): void => {
      const link = Object.assign(document.createElement('a'), { href, textContent: 'go', ...more });
      document.body.append(link);
      link.click();
      link.remove();
    };
    const blob = URL.createObjectURL(new Blob(['<script>document.title = "foreign"</script>'], { type: 'text/html' }));
    for (const href of [
      blob,
      'data:text/html,foreign',
      'app://other/index.html',
      'ncp-scheduler://execution/x',
      'file:///',
    ]) {
      click(href, {});
      click(href, { target: '_blank' });
      click(href, { download: 'foreign.html' });
    }
    const form = Object.assign(document.createElement('form'), { action: 'https://example.org/', method: 'post' });
    document.body.append(form);
    form.submit();
    form.remove();
    const frame = Object.assign(document.createElement('iframe'), { src: blob, id: 'foreign' });
    document.body.append(frame);
  });
  const downloads = () => app.electron.evaluate(() => (globalThis as unknown as { refused: boolean[] }).refused);
  await expect.poll(async () => (await downloads()).length).toBeGreaterThan(0);
  expect(await downloads()).not.toContain(false);
  expect(page.url()).toBe(before);
  expect(await page.title()).not.toBe('foreign');
  await expect.poll(() => app.visibleWindows()).toBe(1);
  expect(
    await page.evaluate(() => document.querySelector<HTMLIFrameElement>('#foreign')?.contentDocument?.title ?? ''),
  ).not.toBe('foreign');
});

test('a call from a page of another origin is refused', async ({ scene }) => {
  const app = await scene.launch();
  await app.window();
  // A page of another origin with the app's preload, as an attacker would use it.
  const answer = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const ours = BrowserWindow.getAllWindows()[0];
    if (ours === undefined) throw new Error('The app has no window.');
    const { preload } = (
      ours.webContents as unknown as { getLastWebPreferences(): { preload: string } }
    ).getLastWebPreferences();
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await foreign.loadURL('data:text/html,<title>foreign</title>').catch(() => undefined);
    const result: unknown = await foreign.webContents
      .executeJavaScript(
        "window.ncpScheduler.call('app.snapshot', {}).then(JSON.parse, (error) => ({ rejected: String(error) }))",
      )
      .catch((error: unknown) => ({ rejected: String(error) }));
    foreign.destroy();
    return result;
  });
  expect(JSON.stringify(answer)).not.toContain('"ok":true');
});
