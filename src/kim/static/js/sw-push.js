// Shows what was pushed and opens its page on a tap. It keeps nothing and answers no request: its scope is this folder.

self.addEventListener("push", (event) => {
  const said = event.data ? event.data.json() : {};
  const options = { body: said.body || "Ada kabar untuk Anda.", tag: said.tag, data: { url: said.url || "/kerja/" } };
  event.waitUntil(self.registration.showNotification(said.title || "KIM.id", options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
