// Small improvements for every page. Each page works without this file.
const every = (selector, act) => document.querySelectorAll(selector).forEach(act);

const kept = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

const keep = (name, value) => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

// "Desa saya": remembered on this phone only.
function showVillage() {
  const village = kept('kim.desa');
  if (!village?.url?.startsWith('/')) return;
  every('[data-my-village-link]', (link) => {
    link.href = village.url;
  });
  every('[data-my-village-here]', (place) => {
    const link = document.createElement('a');
    link.className = 'btn';
    link.href = village.url;
    link.textContent = `Buka ${village.name}`;
    place.replaceChildren(link);
    place.hidden = false;
  });
  every('[data-my-village]', (button) => {
    const same = button.dataset.myVillage === village.code;
    button.setAttribute('aria-pressed', String(same));
    if (same) (button.querySelector('span') ?? button).textContent = 'Ini desa saya';
  });
}

every('[data-my-village]', (button) => {
  button.addEventListener('click', () => {
    const { myVillage: code, name, url } = button.dataset;
    if (keep('kim.desa', { code, name, url })) showVillage();
  });
});

// Somebody signed in on this phone: the same page, another word on the door.
if (/(?:^|; )kim_masuk=/.test(document.cookie)) {
  every('[data-enter]', (link) => {
    link.href = '/kerja/';
    (link.querySelector('span') ?? link).textContent = 'Ruang kerja';
  });
}

// Reads the article aloud with the phone's own voice; no data is used.
if ('speechSynthesis' in window) {
  every('[data-listen]', (button) => {
    const word = button.querySelector('span') ?? button;
    const rest = word.textContent;
    const stop = () => {
      word.textContent = rest;
    };
    button.hidden = false;
    addEventListener('pagehide', () => speechSynthesis.cancel());
    button.addEventListener('click', () => {
      if (speechSynthesis.speaking) {
        speechSynthesis.cancel();
        return stop();
      }
      const speech = new SpeechSynthesisUtterance(document.querySelector('.prose')?.innerText ?? '');
      speech.lang = 'id-ID';
      speech.rate = 0.95;
      speech.onend = stop;
      speech.onerror = stop;
      speechSynthesis.speak(speech);
      word.textContent = 'Berhenti';
    });
  });
}

if (navigator.share) {
  every('[data-share]', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => {
      const title = button.dataset.shareTitle ?? document.title;
      const url = new URL(button.dataset.shareUrl ?? location.href, location.href).href;
      navigator.share({ title, text: title, url }).catch(() => {});
    });
  });
}

every('[data-print]', (button) => {
  button.hidden = false;
  button.addEventListener('click', (event) => {
    event.preventDefault();
    print();
  });
});

// "Perlihatkan PIN": the box names the fields it opens.
every('[data-show]', (box) => {
  box.closest('[data-js]')?.removeAttribute('hidden');
  box.addEventListener('change', () => {
    for (const id of box.dataset.show.split(' ')) {
      document.getElementById(id).type = box.checked ? 'text' : 'password';
    }
  });
});

// Keluar: what this browser kept for the person goes too.
every('form[data-clear-local]', (form) => {
  form.addEventListener('submit', () => {
    Object.keys(localStorage)
      .filter((name) => name.startsWith('kim.') && name !== 'kim.desa')
      .forEach((name) => {
        localStorage.removeItem(name);
      });
  });
});

// A double tap sends once.
every('form[method="post"]', (form) => {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 8000);
  });
});
addEventListener('pageshow', () => every('form[data-sent]', (form) => delete form.dataset.sent));

// Read: it was in sight for three seconds. Counted without cookie or name (docs/decisions/0022).
every('[data-count]', (mark) => {
  let waiting;
  const tell = () => {
    document.removeEventListener('visibilitychange', look);
    const way = new URLSearchParams(location.search).get('ref') ?? '';
    const [kind, id] = mark.dataset.count.split(':');
    navigator.sendBeacon?.(`/dibaca/${kind}/${id}/?dari=${encodeURIComponent(way)}`);
  };
  const look = () => {
    clearTimeout(waiting);
    if (document.visibilityState === 'visible') waiting = setTimeout(tell, 3000);
  };
  document.addEventListener('visibilitychange', look);
  look();
});

every('[data-js]', (part) => {
  part.hidden = false;
});
document.querySelector('[data-focus]')?.focus();
showVillage();
