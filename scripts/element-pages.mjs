// A custom-elements manifest → a Markdown page for each element.

const cell = (text = '') =>
  String(text)
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('<', '&lt;')
    .replaceAll('{', '&#123;');
const code = (text) => (text ? `\`${String(text).replaceAll('|', '\\|')}\`` : '');

function table(title, head, rows) {
  if (!rows.length) return '';
  return `\n## ${title}\n\n| ${head.join(' | ')} |\n|${head.map(() => ' --- ').join('|')}|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

/** @returns {{ tag: string, markdown: string }[]} */
export function elementPages(manifest) {
  const pages = [];
  for (const module of manifest.modules) {
    for (const declaration of module.declarations ?? []) {
      const { tagName: tag } = declaration;
      if (!declaration.customElement || !tag) continue;
      const publicOnes = (declaration.members ?? []).filter(
        (m) => (m.privacy ?? 'public') === 'public' && !m.static && m.description,
      );
      const attributes = new Map((declaration.attributes ?? []).map((a) => [a.fieldName ?? a.name, a.name]));
      const markdown = [
        `# \`<${tag}>\`\n\n${cell(declaration.description)}\n`,
        table(
          'Properties',
          ['property', 'attribute', 'type', 'default', 'what'],
          publicOnes
            .filter((m) => m.kind === 'field')
            .map((m) => [
              code(m.name),
              code(attributes.get(m.name)),
              code(m.type?.text),
              code(m.default),
              cell(m.description),
            ]),
        ),
        table(
          'Methods',
          ['method', 'what'],
          publicOnes
            .filter((m) => m.kind === 'method')
            .map((m) => [
              code(`${m.name}(${(m.parameters ?? []).map((p) => p.name).join(', ')})`),
              cell(m.description),
            ]),
        ),
        table(
          'Events',
          ['event', 'type', 'what'],
          (declaration.events ?? [])
            .filter((e) => e.name)
            .map((e) => [code(e.name), code(e.type?.text), cell(e.description)]),
        ),
        table(
          'Slots',
          ['slot', 'what'],
          (declaration.slots ?? []).map((s) => [s.name ? code(s.name) : '(default)', cell(s.description)]),
        ),
        table(
          'Parts',
          ['part', 'what'],
          (declaration.cssParts ?? []).map((p) => [code(p.name), cell(p.description)]),
        ),
        table(
          'Custom properties',
          ['property', 'default', 'what'],
          (declaration.cssProperties ?? []).map((p) => [code(p.name), code(p.default), cell(p.description)]),
        ),
        table(
          'States',
          ['state', 'what'],
          (declaration.cssStates ?? []).map((s) => [code(s.name), cell(s.description)]),
        ),
      ].join('');
      pages.push({ tag, markdown });
    }
  }
  return pages;
}
