// The screen in the village hall: turns its slides, tells the time, asks for newer ones, and goes on without a network.
const TURN = 15_000;
const ASK = 5 * 60_000;
const place = document.querySelector('[data-slides]');
const offline = document.querySelector('[data-offline]');
const clock = document.querySelector('[data-clock]');
let shown = 0;

function turn(step) {
  const slides = place.children;
  shown = (shown + step) % slides.length;
  [...slides].forEach((slide, n) => {
    slide.hidden = n !== shown;
  });
}

function tell() {
  const time = { hour: '2-digit', minute: '2-digit', timeZone: clock.dataset.zone };
  const day = { weekday: 'long', day: 'numeric', month: 'long', timeZone: clock.dataset.zone };
  const now = new Date();
  clock.textContent = `${now.toLocaleDateString('id-ID', day)}, ${now.toLocaleTimeString('id-ID', time)}`;
}

async function ask() {
  try {
    const answer = await fetch(location.href, { cache: 'no-cache' });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    offline.hidden = !answer.headers.has('x-kept');
    place.replaceChildren(...page.querySelector('[data-slides]').children);
    turn(0);
  } catch {
    offline.hidden = false; // the slides of before stay
  }
}

// What this page was made of was loaded before its worker was there: once more, so that it is kept.
function keep() {
  const parts = performance.getEntriesByType('resource').map((part) => part.name);
  for (const part of new Set([location.href, ...parts])) fetch(part).catch(() => {});
}

place.classList.add('slides');
turn(0);
tell();
setInterval(turn, TURN, 1);
setInterval(tell, 1000);
setInterval(ask, ASK);
setInterval(() => offline.hidden || ask(), TURN); // the network may be back
addEventListener('offline', ask);
navigator.serviceWorker?.addEventListener('controllerchange', keep);
navigator.serviceWorker?.register('/layar/pekerja.js').catch(() => {});
if (!navigator.onLine) ask();
