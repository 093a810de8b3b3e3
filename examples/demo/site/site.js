// Three small conveniences; the page reads and works without them.

// Everybody arrives at the English page. The chat on it speaks the browser's language, where it can.
if (document.documentElement.lang === 'en') {
  const spoken = navigator.languages.find((tag) => /^(en|bn|ar)\b/i.test(tag));
  if (spoken) document.querySelector('script[src$="/sahay.js"]').dataset.locale = spoken;
}

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', async () => {
    await customElements.whenDefined('sahay-bubble');
    document.querySelector('sahay-bubble')?.open();
  });
}

if (navigator.clipboard) {
  for (const block of document.querySelectorAll('[data-copy]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = block.dataset.copy;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(block.querySelector('code').textContent);
      button.textContent = block.dataset.copied;
      setTimeout(() => (button.textContent = block.dataset.copy), 2000);
    });
    block.append(button);
  }
}
