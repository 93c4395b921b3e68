// "Salin": puts a text or the short link on the clipboard and says so.
document.querySelectorAll('[data-copy]').forEach((button) => {
  const told = button.parentElement?.querySelector('[role=status]');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? '');
      if (told) told.textContent = button.dataset.copied ?? 'Tersalin.';
    } catch {
      if (told) told.textContent = 'Belum bisa disalin. Tekan lama teksnya, lalu pilih Salin.';
    }
  });
});
