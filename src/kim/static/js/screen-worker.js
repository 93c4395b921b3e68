// Keeps what the screen of a village hall was last made of: the network first, what was kept without it.
const NAME = 'layar-1';
const MOST = 150;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && new URL(url).origin === location.origin) event.respondWith(answer(event.request));
});

async function answer(request) {
  const kept = await caches.open(NAME);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await keep(kept, request.url, fresh.clone());
    return fresh;
  } catch (error) {
    const found = await kept.match(request.url);
    if (!found) throw error;
    const headers = new Headers(found.headers);
    headers.set('x-kept', 'yes');
    return new Response(await found.blob(), { status: 200, headers });
  }
}

async function keep(kept, url, fresh) {
  await kept.delete(url); // what is used goes to the end of the line
  await kept.put(url, fresh);
  const all = await kept.keys();
  if (all.length > MOST) await kept.delete(all[0]);
}
