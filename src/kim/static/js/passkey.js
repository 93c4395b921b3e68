// Passkeys: a form marked data-passkey asks the device for a key and sends what it answers.
// data-passkey="get" shows a key, "create" makes one. Options come from the page or from data-passkey-options.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @param {any} options the publicKey options as JSON, ids and challenge as base64url */
function readable(options) {
  const ids = (list) => (list || []).map((key) => ({ ...key, id: toBytes(key.id) }));
  const ready = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = ids(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = ids(options.allowCredentials);
  return ready;
}

/** @param {any} key the credential the device gave */
function sendable(key) {
  const response = { clientDataJSON: toText(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = toText(key.response[part]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return {
    id: key.id, rawId: toText(key.rawId), type: key.type, response,
    authenticatorAttachment: key.authenticatorAttachment, clientExtensionResults: key.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (!form.dataset.passkeyOptions) return JSON.parse(form.querySelector("#passkey-options").textContent);
  const answer = await fetch(form.dataset.passkeyOptions, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function ask(form) {
  const said = await optionsOf(form);
  if (form.dataset.passkey === "get") {
    return navigator.credentials.get({ publicKey: readable(said.request_options.publicKey) });
  }
  const options = said.creation_options.publicKey;
  if (form.elements.passwordless?.checked) {
    options.authenticatorSelection = {
      ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    };
  }
  return navigator.credentials.create({ publicKey: readable(options) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    error.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(sendable(await ask(form)));
      form.submit();
    } catch {
      error.textContent = "Kunci tidak terbaca atau dibatalkan. Coba lagi, atau pakai cara lain.";
      error.hidden = false;
    }
  });
}
