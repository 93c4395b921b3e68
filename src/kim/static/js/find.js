// The place finder answers as one types. Without this file its form asks the server.
const PAUSE = 200;
const form = document.querySelector('form[data-find]');
const input = form?.elements.q;
const results = form && document.getElementById(form.dataset.find);
let timer;
let going;

function line(place) {
  const item = document.createElement('li');
  const words = document.createElement('span');
  const link = Object.assign(document.createElement('a'), { href: place.url });
  const name = Object.assign(document.createElement('b'), { textContent: place.title });
  const where = Object.assign(document.createElement('span'), { className: 'small muted', textContent: place.chain });
  link.append(name);
  words.append(link, document.createElement('br'), where);
  item.append(words);
  return item;
}

// What was found for other words would mislead.
function nothing(words) {
  const note = Object.assign(document.createElement('p'), { className: 'note note--wait' });
  const text = Object.assign(document.createElement('span'), { textContent: `Tidak ketemu “${words}”. Coba ejaan lain.` });
  note.append(text);
  results.replaceChildren(note);
}

async function ask() {
  const words = input.value.trim();
  going?.abort();
  if (words.length < 2) return;
  going = new AbortController();
  try {
    const answer = await fetch(`/wilayah/cari.json?${new URLSearchParams({ q: words })}`, { signal: going.signal });
    if (!answer.ok) return;
    const places = await answer.json();
    if (!places.length) return nothing(words);
    const list = Object.assign(document.createElement('ul'), { className: 'coverage' });
    list.append(...places.map(line));
    const heading = Object.assign(document.createElement('h2'), { className: 'sr', textContent: 'Tempat yang cocok' });
    results.replaceChildren(heading, list);
  } catch {
    // Without signal the form stays: “Cari desa” asks again.
  }
}

input?.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
