// "Salin": puts a short link, a ready text, or the text of a field, on the clipboard and says so.
document.querySelectorAll('[data-copy], [data-copy-from]').forEach((button) => {
  const told = button.parentElement?.querySelector('[role=status]');
  const field = document.getElementById(button.dataset.copyFrom ?? '');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field?.value ?? button.dataset.copy ?? '');
      if (told) told.textContent = button.dataset.copied ?? 'Tersalin. Tinggal tempel.';
    } catch {
      field?.select();
      if (told) told.textContent = 'Belum bisa disalin. Tekan lama tulisannya, lalu pilih Salin.';
    }
  });
});
