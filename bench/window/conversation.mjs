/* What every page is given: the same messages, and the same answer in Markdown cut into the same pieces. */

const words =
  'the order was sent this morning and should arrive within two days please keep the box for a week'.split(
    ' ',
  );

/** A message as plain data; lengths vary, but the same number is always the same message. */
export function messageAt(index) {
  const length = 3 + ((index * 7) % 23);
  const text = Array.from({ length }, (_, word) => words[(index + word * 3) % words.length]).join(' ');
  return {
    id: `m${index}`,
    own: index % 3 === 0,
    text: `${index}: ${text}`,
    at: 1_767_250_800_000 + index * 60_000,
  };
}

export const messages = (count) => Array.from({ length: count }, (_, index) => messageAt(index));

const block = (number) => `## Part ${number}

The **order** was sent *this morning* and arrives within \`2\` days, see [the status page](https://example.com/${number}).
Keep the box for a week, please.

- First look at the **label**
- Then at the *seal*, which must be whole
- Then sign

| what | when |
| --- | --- |
| parcel | Monday |
| letter | ${number} days later |

\`\`\`js
const parcel = await track(${number});
console.log(parcel.state);
\`\`\`

`;

/** An answer of so many tokens. */
export function tokens(count) {
  const cut = [];
  for (let number = 1; cut.length < count; number++) cut.push(...block(number).match(/\s*\S+|\s+$/g));
  return cut.slice(0, count);
}
