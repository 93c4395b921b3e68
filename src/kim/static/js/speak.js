// Speaking up: an id made on this phone, the village it remembers, a voice note, and the code behind the # of a slip.
const MOST = 180; // seconds
const KINDS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'];
const clock = (seconds) => `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, '0')}`;

function fill(form, name, value) {
  const field = form.querySelector(`input[name="${name}"]`);
  if (field && !field.value) field.value = value;
}

document.querySelectorAll('form[data-speak]').forEach((form) => {
  fill(form, 'id', crypto.randomUUID?.() ?? '');
  form.addEventListener('submit', () => fill(form, 'ditulis', new Date().toISOString()));
});

function button(words, act) {
  const made = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn--second' });
  made.append(document.createElement('span'));
  made.firstChild.textContent = words;
  made.addEventListener('click', act);
  return made;
}

// Records into the file field itself: what is sent is the same with and without this script.
class Recorder {
  constructor(input, kind) {
    this.input = input;
    this.kind = kind;
    this.room = Object.assign(document.createElement('div'), { className: 'stack gap-2' });
    this.status = document.createElement('p');
    this.status.setAttribute('role', 'status');
    this.button = button('Rekam suara sekarang', () => this.toggle());
    this.room.append(this.button, this.status);
    (input.closest('.upload') ?? input).before(this.room);
  }

  say(words) {
    this.status.textContent = words;
  }

  async toggle() {
    if (this.recorder?.state === 'recording') return this.recorder.stop();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return this.say('Mikrofon belum diizinkan. Anda bisa memilih berkas rekaman di bawah.');
    }
    this.parts = [];
    this.recorder = new MediaRecorder(this.stream, { mimeType: this.kind, audioBitsPerSecond: 24000 });
    this.recorder.addEventListener('dataavailable', (event) => this.parts.push(event.data));
    this.recorder.addEventListener('stop', () => this.keep());
    this.recorder.start();
    this.seconds = 0;
    this.button.firstChild.textContent = 'Selesai merekam';
    this.timer = setInterval(() => this.tick(), 1000);
  }

  tick() {
    this.seconds += 1;
    if (this.seconds % 10 === 0) this.say(`Merekam ${clock(this.seconds)}, paling lama ${clock(MOST)}`);
    if (this.seconds >= MOST) this.recorder.stop();
  }

  keep() {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    const type = this.kind.split(';')[0];
    const file = new File(this.parts, `rekaman.${type.split('/')[1]}`, { type });
    const ready = new DataTransfer();
    ready.items.add(file);
    this.input.files = ready.files;
    this.button.firstChild.textContent = 'Rekam ulang';
    this.say(`Rekaman ${clock(this.seconds)} siap dikirim.`);
    this.room.querySelector('audio')?.remove();
    this.room.append(Object.assign(new Audio(URL.createObjectURL(file)), { controls: true }));
  }
}

const kind = window.MediaRecorder && KINDS.find((one) => MediaRecorder.isTypeSupported(one));
if (kind && navigator.mediaDevices && 'DataTransfer' in window) {
  document.querySelectorAll('input[data-voice]').forEach((input) => new Recorder(input, kind));
}

// A slip's square holds the code behind a #: no server, log or next page is told of it.
const [, code, pass] = location.hash.match(/^#k=([a-z0-9]{10})(?:\.([a-f0-9]{20}))?$/) ?? [];
if (code) {
  document.querySelectorAll('form[data-open]').forEach((form) => {
    fill(form, 'kode', code);
    fill(form, 'izin', pass ?? '');
  });
  history.replaceState(null, '', location.pathname);
}

// "Di sini": the village this phone remembers, where none was named yet.
try {
  const village = JSON.parse(localStorage.getItem('kim.desa'));
  const place = document.querySelector('form[data-speak] input[data-place]');
  if (village?.code && village.name && place && !place.value) {
    place.value = village.name;
    fill(place.form, 'kode', village.code);
  }
} catch {
  // A browser that keeps nothing remembers no village.
}
