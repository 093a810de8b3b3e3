import { css } from 'lit';

export const myDataStyles = css`
  dl {
    display: grid;
    grid-template-columns: fit-content(80%) minmax(2ch, 1fr);
    gap: var(--_space-2) var(--_space-5);
    margin: 0;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
    font-weight: 600;
  }
  ul {
    display: grid;
    gap: var(--_space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space-2);
  }
  li > span {
    flex: 1 1 10em;
  }
  small {
    display: block;
    color: var(--_muted);
    font-size: var(--_text-s);
  }
  .danger-zone {
    display: grid;
    gap: var(--_space-3);
    padding: var(--_space-3);
    border: 1px solid var(--_danger);
    border-radius: var(--_radius-m);
  }
  .danger-zone > h3 {
    margin: 0;
  }
`;
