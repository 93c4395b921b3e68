// Finding a place as one types. Without this file the words are sent and the server looks them up.
// data-place-go opens the page of the place; else its code goes into data-place-code.
const PAUSE = 200;
let count = 0;

class PlaceField {
  constructor(input) {
    this.input = input;
    const near = input.closest('.field') ?? input.form;
    this.code = near.querySelector('[data-place-code]') ?? input.form.querySelector('[data-place-code]');
    this.found = [];
    this.at = -1;
    this.build();
    this.listen();
    if ('placeMine' in input.dataset && !input.value) this.remember();
  }

  // "Desa saya", chosen on this phone before (public.js), goes before an empty field.
  remember() {
    try {
      const { code, name } = JSON.parse(localStorage.getItem('kim.desa')) ?? {};
      if (!code || code.length < 13 || !this.code) return;
      this.input.value = name;
      this.code.value = code;
      this.status.textContent = `Terpilih: ${name}`;
    } catch {
      // Without memory the field stays empty.
    }
  }

  build() {
    const id = `place-${++count}`;
    const place = Object.assign(document.createElement('div'), { className: 'place' });
    const box = Object.assign(document.createElement('div'), { className: 'place__box' });
    this.input.replaceWith(place);
    this.list = Object.assign(document.createElement('ul'), { id, className: 'place__list', hidden: true });
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Tempat yang cocok');
    this.status = Object.assign(document.createElement('p'), { className: 'place__status' });
    this.status.setAttribute('role', 'status');
    box.append(this.input, this.list);
    place.append(box, this.status);
    const said = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id };
    for (const [name, value] of Object.entries(said)) this.input.setAttribute(name, value);
    this.input.autocomplete = 'off';
  }

  listen() {
    this.input.addEventListener('input', () => {
      if (this.code) this.code.value = '';
      this.quiet();
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const option = event.target.closest('li');
      if (option) this.choose(Number(option.dataset.index));
    });
  }

  // An answer still on its way would open the list again.
  quiet() {
    clearTimeout(this.timer);
    this.going?.abort();
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < 2) {
      this.status.textContent = '';
      return this.close();
    }
    this.going = new AbortController();
    const query = new URLSearchParams({ q: words });
    if (this.input.dataset.placeLevel) query.set('level', this.input.dataset.placeLevel);
    try {
      const answer = await fetch(`/wilayah/cari.json?${query}`, { signal: this.going.signal });
      if (answer.ok) this.show(await answer.json());
    } catch (error) {
      if (error.name !== 'AbortError') this.status.textContent = 'Tidak ada sinyal. Tulis nama tempatnya lengkap.';
    }
  }

  show(found) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((place, index) => this.option(place, index)));
    this.open(found.length > 0);
    this.status.textContent = found.length ? `${found.length} tempat cocok` : 'Tidak ketemu. Coba ejaan lain.';
  }

  option(place, index) {
    const item = Object.assign(document.createElement('li'), { id: `${this.list.id}-${index}` });
    item.setAttribute('role', 'option');
    item.setAttribute('aria-selected', 'false');
    item.dataset.index = index;
    const name = document.createElement('b');
    name.textContent = place.name;
    const where = document.createElement('small');
    where.textContent = [place.level_label, place.chain].filter(Boolean).join(' · ');
    item.append(name, where);
    return item;
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    if (!open) this.input.removeAttribute('aria-activedescendant');
  }

  close() {
    this.open(false);
  }

  move(step) {
    const options = [...this.list.children];
    if (!options.length) return;
    this.open(true);
    this.at = (this.at + step + options.length) % options.length;
    options.forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === this.at));
    });
    options[this.at].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', options[this.at].id);
  }

  key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.move(event.key === 'ArrowDown' ? 1 : this.at < 0 ? 0 : -1);
    } else if (event.key === 'Enter' && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === 'Escape') {
      this.close();
    }
  }

  choose(index) {
    const place = this.found[index];
    this.quiet();
    this.input.value = place.name;
    if (this.code) this.code.value = place.code;
    this.status.textContent = `Terpilih: ${place.level_label} ${place.name}, ${place.chain}`;
    this.close();
    if ('placeGo' in this.input.dataset) location.assign(place.url);
  }
}

document.querySelectorAll('input[data-place]').forEach((input) => new PlaceField(input));
