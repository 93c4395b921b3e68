// Saves what is written: a copy on this phone at once, the server's copy after a pause of two seconds.
const PAUSE = 2000;
const RETRY = 15000;
// The server tidies spaces; that is no difference.
const plain = (words) => JSON.stringify(words.map(([name, value]) => [name, value.replace(/&nbsp;|\s+/g, ' ').trim()]));
const clock = () => new Date().toTimeString().slice(0, 5).replace(':', '.');

class Draft {
  constructor(form) {
    this.form = form;
    this.key = `kim.draft:${form.dataset.autosave}`;
    this.status = form.querySelector('[data-autosave-status]') ?? document.querySelector('[data-autosave-status]');
    this.offer();
    form.addEventListener('input', () => this.changed());
    form.addEventListener('submit', () => {
      clearTimeout(this.timer);
      this.going?.abort();
      this.remember();
    });
    addEventListener('online', () => this.dirty && this.save());
  }

  say(text) {
    if (this.status && this.status.textContent !== text) this.status.textContent = text;
  }

  words() {
    const apart = [...this.form.querySelectorAll('[data-undrafted] [name]')].map((field) => field.name);
    const pairs = [...new FormData(this.form)].filter(([, value]) => typeof value === 'string');
    return pairs.filter(([name]) => !['csrfmiddlewaretoken', 'kunci', 'version', ...apart].includes(name));
  }

  remember() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), words: this.words() }));
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  changed() {
    this.dirty = true;
    this.local = this.remember();
    this.later(PAUSE);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // One at a time: on a slow line an older text must not arrive after a newer one.
  async save() {
    if (this.going) return this.later(PAUSE);
    this.going = new AbortController();
    await this.send(this.going.signal);
    this.going = null;
  }

  async send(signal) {
    this.dirty = false;
    this.say('Menyimpan …');
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    let answer;
    try {
      answer = await fetch(this.form.dataset.autosave, {
        method: 'POST',
        body,
        headers: { Accept: 'application/json' },
        signal,
      });
    } catch {
      return signal.aborted ? null : this.failed();
    }
    if (answer.status >= 500) return this.failed();
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok || answer.redirected) return this.refused(answer, said);
    const version = this.form.elements.version;
    if (version && said.version !== undefined) version.value = said.version;
    if (!this.dirty) this.forget();
    this.say(`Tersimpan ${said.saved_at ?? clock()}`);
  }

  failed() {
    this.dirty = true;
    this.later(RETRY);
    this.say(this.local ? `Tersimpan di HP, ${clock()}` : 'Belum tersimpan. Jangan tutup halaman ini.');
  }

  refused(answer, said) {
    const why =
      answer.redirected || answer.status === 403
        ? 'Anda perlu masuk lagi. Tulisan aman di HP ini.'
        : 'Belum tersimpan di server. Tulisan aman di HP ini.';
    this.say(said.detail ?? why);
  }

  offer() {
    let copy = null;
    try {
      copy = JSON.parse(localStorage.getItem(this.key));
    } catch {
      return;
    }
    if (!copy?.words) return;
    if (plain(copy.words) === plain(this.words())) return this.forget();
    const note = document.createElement('div');
    note.className = 'note note--wait';
    note.innerHTML =
      '<div class="stack gap-2"><p><strong>Ada tulisan di HP ini yang belum terkirim.</strong></p><div class="actions">' +
      '<button class="btn btn--small" type="button">Pakai tulisan itu</button>' +
      '<button class="btn btn--second btn--small" type="button">Buang</button></div></div>';
    const [use, drop] = note.querySelectorAll('button');
    use.addEventListener('click', () => {
      this.restore(copy.words);
      note.remove();
    });
    drop.addEventListener('click', () => {
      this.forget();
      note.remove();
    });
    this.form.prepend(note);
  }

  restore(words) {
    for (const [name, value] of words) {
      const field = this.form.elements.namedItem(name);
      const boxes = field instanceof RadioNodeList ? [...field] : [field];
      for (const box of boxes.filter(Boolean)) {
        if (box.type === 'checkbox' || box.type === 'radio') box.checked ||= box.value === value;
        else box.value = value;
        box.dispatchEvent(new CustomEvent('restored', { bubbles: true }));
      }
    }
    this.changed();
  }
}

document.querySelectorAll('form[data-autosave]').forEach((form) => new Draft(form));
