// Notifications: a form marked data-push="<public key>" asks the browser to subscribe and sends where it can be found.
// It shows itself only where the browser can; without JavaScript the page still has its other ways.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @param {ServiceWorkerRegistration} registration waits until its worker works */
async function working(registration) {
  const worker = registration.active || registration.waiting || registration.installing;
  while (worker && worker.state !== "activated") {
    if (worker.state === "redundant") throw new Error("worker");
    await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  }
  return registration;
}

/** @param {HTMLFormElement} form */
async function subscribe(form) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("permission");
  const registration = await working(await navigator.serviceWorker.register(form.dataset.pushWorker));
  const options = { userVisibleOnly: true, applicationServerKey: toBytes(form.dataset.push) };
  const subscription = await registration.pushManager.subscribe(options);
  for (const name of ["p256dh", "auth"]) form.elements[name].value = toText(subscription.getKey(name));
  form.elements.endpoint.value = subscription.endpoint;
}

for (const form of document.querySelectorAll("form[data-push]")) {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) continue;
  form.hidden = false;
  for (const words of document.querySelectorAll("[data-push-missing]")) words.hidden = true;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    const error = form.querySelector("[data-push-error]");
    error.hidden = true;
    try {
      await subscribe(form);
      form.submit();
    } catch (trouble) {
      error.textContent = trouble.message === "permission"
        ? "Peramban belum mengizinkan notifikasi. Izinkan di pengaturan situs, lalu coba lagi."
        : "Notifikasi tidak dapat dinyalakan di peramban ini. Coba lagi, atau pilih cara lain.";
      error.hidden = false;
    }
  });
}
