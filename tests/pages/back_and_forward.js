/*
 * For test_back_and_forward.py: switches a group as soon as its switch is there, and so before the
 * document has told what it opened with.
 */
new MutationObserver((_, watch) => {
  const row = document.querySelector('[data-group=taliban]');
  if (!document.querySelector('.im-ledger-total') || !row) return;
  watch.disconnect();
  window.lengthAtFirst = history.length;
  setTimeout(() => {
    row.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    row.click();
  });
}).observe(document, { subtree: true, childList: true });
