// Shrinks a photo on the phone before it is sent: longest side 1600 px. The drawing also drops EXIF and GPS.
const LONGEST = 1600;
const QUALITY = 0.8;
const SMALL_ENOUGH = 150 * 1024;

const words = (bytes) =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1).replace('.', ',')} MB`;

async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  if (!blob || (blob.size >= file.size && file.size > SMALL_ENOUGH)) return file;
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' });
}

function card(file, before) {
  const row = document.createElement('div');
  row.className = 'attachment';
  if (file.type.startsWith('image/')) {
    const picture = Object.assign(new Image(72, 72), { src: URL.createObjectURL(file), alt: '' });
    picture.onload = () => URL.revokeObjectURL(picture.src);
    row.append(picture);
  }
  const text = document.createElement('p');
  const name = document.createElement('b');
  name.textContent = file.name;
  const size = Object.assign(document.createElement('span'), { className: 'small muted' });
  size.textContent =
    file.size < before ? `Dikecilkan dari ${words(before)} menjadi ${words(file.size)}` : words(file.size);
  text.append(name, document.createElement('br'), size);
  row.append(text);
  return row;
}

function watch(input) {
  const shown = document.createElement('div');
  shown.className = 'stack gap-2';
  shown.setAttribute('role', 'status');
  (input.closest('.upload') ?? input).after(shown);
  input.addEventListener('change', async () => {
    const chosen = [...input.files];
    shown.textContent = chosen.length ? 'Mengecilkan foto …' : '';
    const ready = new DataTransfer();
    const cards = [];
    for (const file of chosen) {
      const photo = /^image\/(jpeg|png|webp|heic|heif)$/.test(file.type);
      const small = photo ? await shrunk(file).catch(() => file) : file;
      ready.items.add(small);
      cards.push(card(small, file.size));
    }
    input.files = ready.files;
    shown.replaceChildren(...cards);
  });
}

if ('createImageBitmap' in window && 'DataTransfer' in window) {
  document.querySelectorAll('input[type="file"][data-photo]').forEach(watch);
}
