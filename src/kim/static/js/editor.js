// A small set of writing tools over a textarea. Without this file the textarea takes plain paragraphs.
const TOOLS = [
  ['Tebal', 'bold'],
  ['Miring', 'italic'],
  ['Judul', 'formatBlock', 'h2'],
  ['Daftar', 'insertUnorderedList'],
  ['Kutipan', 'formatBlock', 'blockquote'],
  ['Tautan', 'link'],
];
const KEPT = new Set(['P', 'H2', 'H3', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'STRONG', 'EM', 'A', 'BR']);
const BLOCKS = new Set(['P', 'H2', 'H3', 'UL', 'OL', 'BLOCKQUOTE']);
const EMPTY = new Set([...BLOCKS, 'LI', 'DIV']);
// As the server names them, so that a saved text is the text that was sent.
const RENAMED = { DIV: 'p', B: 'strong', I: 'em', H1: 'h2', H4: 'h3', H5: 'h3', H6: 'h3' };
const SAFE_LINK = /^(https?:|mailto:|tel:|\/(?!\/))/;
const DROPPED = 'script,style,title,meta,link,iframe,object,embed,svg,math,form,input,template,noscript';
let count = 0;

// The policy of the page would complain of these, though nothing runs here.
const calm = (tag) => tag.replace(/[\s/](style|on\w+)\s*=/gi, ' data-$1=');

// Parsed without running anything; only the tags of the tool set come back.
function clean(html) {
  const page = new DOMParser().parseFromString(html.replace(/<[^>]*>/g, calm), 'text/html');
  page.querySelectorAll(DROPPED).forEach((node) => node.remove());
  for (const node of [...page.body.querySelectorAll('*')].reverse()) {
    const href = node.tagName === 'A' ? node.getAttribute('href') : '';
    for (const { name } of [...node.attributes]) node.removeAttribute(name);
    if (EMPTY.has(node.tagName) && !node.textContent.trim()) node.remove();
    else if (RENAMED[node.tagName]) {
      const renamed = page.createElement(RENAMED[node.tagName]);
      renamed.append(...node.childNodes);
      node.replaceWith(renamed);
    } else if (!KEPT.has(node.tagName)) node.replaceWith(...node.childNodes);
    else if (SAFE_LINK.test(href ?? '')) node.setAttribute('href', href);
    else if (node.tagName === 'A') node.replaceWith(...node.childNodes);
  }
  return blocks(page).innerHTML.trim();
}

// Loose words come into paragraphs of their own; a paragraph around blocks goes.
function blocks(page) {
  for (const around of page.body.querySelectorAll('p:has(p, h2, h3, ul, ol, blockquote)')) {
    around.replaceWith(...around.childNodes);
  }
  let paragraph = null;
  for (const node of [...page.body.childNodes]) {
    if (BLOCKS.has(node.nodeName)) paragraph = null;
    else if (paragraph || node.textContent.trim()) {
      if (!paragraph) node.before((paragraph = page.createElement('p')));
      paragraph.append(node);
    } else node.remove();
  }
  return page.body;
}

function paragraphs(text) {
  const box = document.createElement('div');
  for (const part of text.split(/\n\s*\n/).filter((piece) => piece.trim())) {
    const paragraph = document.createElement('p');
    part.trim().split('\n').forEach((line, index) => {
      if (index) paragraph.append(document.createElement('br'));
      paragraph.append(line);
    });
    box.append(paragraph);
  }
  return box.innerHTML;
}

const asHtml = (value) => (value.trimStart().startsWith('<') ? clean(value) : paragraphs(value));

class Editor {
  constructor(area) {
    this.area = area;
    this.text = this.surface();
    this.tools = this.toolbar();
    const box = Object.assign(document.createElement('div'), { className: 'editor' });
    box.append(this.tools, this.text);
    area.hidden = true;
    area.required = false;
    area.after(box);
    document.execCommand('defaultParagraphSeparator', false, 'p');
    this.text.addEventListener('input', () => this.write());
    this.text.addEventListener('paste', (event) => this.paste(event));
    document.addEventListener('selectionchange', () => this.mark());
    area.addEventListener('restored', () => {
      this.text.innerHTML = asHtml(area.value);
    });
  }

  surface() {
    const text = Object.assign(document.createElement('div'), { className: 'editor__text prose', contentEditable: 'true' });
    const label = document.querySelector(`label[for="${this.area.id}"]`);
    text.setAttribute('role', 'textbox');
    text.setAttribute('aria-multiline', 'true');
    if (label) {
      label.id ||= `editor-label-${++count}`;
      text.setAttribute('aria-labelledby', label.id);
      label.addEventListener('click', () => text.focus());
    }
    for (const name of ['aria-describedby', 'aria-invalid', 'data-hint']) {
      if (this.area.hasAttribute(name)) text.setAttribute(name, this.area.getAttribute(name));
    }
    text.innerHTML = asHtml(this.area.value);
    this.area.value = text.innerHTML; // the server gives plain words where it can, for whoever has no scripts
    return text;
  }

  toolbar() {
    const bar = Object.assign(document.createElement('div'), { className: 'editor__tools' });
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', 'Alat tulis');
    for (const [word, command, value] of TOOLS) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: word });
      button.dataset.command = command;
      button.dataset.value = value ?? '';
      button.addEventListener('pointerdown', (event) => event.preventDefault());
      button.addEventListener('click', () => this.use(command, value));
      bar.append(button);
    }
    return bar;
  }

  use(command, value) {
    this.text.focus();
    if (command === 'link') return this.link();
    const again = command === 'formatBlock' && this.block() === value;
    document.execCommand(command, false, again ? 'p' : value);
    this.write();
  }

  link() {
    if (document.queryCommandState('createLink') || this.inside('A')) document.execCommand('unlink');
    else {
      const typed = (prompt('Alamat tautan', 'https://') ?? '').trim();
      const address = /^([a-z]+:|\/)/i.test(typed) ? typed : `https://${typed}`;
      if (address === 'https://') return;
      const link = Object.assign(document.createElement('a'), { href: address, textContent: typed });
      if (getSelection().isCollapsed) document.execCommand('insertHTML', false, link.outerHTML);
      else document.execCommand('createLink', false, address);
    }
    this.write();
  }

  inside(tag) {
    let node = getSelection().anchorNode;
    while (node && node !== this.text) {
      if (node.nodeName === tag) return true;
      node = node.parentNode;
    }
    return false;
  }

  block() {
    return ['h2', 'blockquote'].find((tag) => this.inside(tag.toUpperCase())) ?? 'p';
  }

  mark() {
    if (!this.text.contains(getSelection().anchorNode)) return;
    const block = this.block();
    for (const button of this.tools.children) {
      const { command, value } = button.dataset;
      const on =
        command === 'link' ? this.inside('A') : command === 'formatBlock' ? block === value : document.queryCommandState(command);
      button.setAttribute('aria-pressed', String(on));
    }
  }

  paste(event) {
    const html = event.clipboardData?.getData('text/html');
    const text = event.clipboardData?.getData('text/plain') ?? '';
    event.preventDefault();
    document.execCommand('insertHTML', false, html ? clean(html) : paragraphs(text));
    this.write();
  }

  write() {
    this.area.value = this.text.innerText.trim() ? clean(this.text.innerHTML) : '';
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

document.querySelectorAll('textarea[data-editor]').forEach((area) => new Editor(area));
