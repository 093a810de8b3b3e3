// Two small conveniences; the page reads and works without them.

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
