import type { Action, Card, Part } from '@sahay/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { chevronEndIcon, externalLinkIcon } from '../icons/late-icons.ts';
import { ownPicture, safeUrl } from '../message/safe-url.ts';
import { invoke } from './act.ts';
import { linkRow } from './link-row.ts';
import type { PartPlace } from './part-place.ts';

/** One card: a picture of this page's own origin, words, buttons. */
export function cardPart(card: Card, { partId }: Part, place: PartPlace): TemplateResult {
  const picture = ownPicture(card.imageUrl);
  return html`<article class="offer" part="card">
    ${
      picture
        ? html`<img
            src=${picture}
            alt=${card.imageAlt ?? ''}
            width="320"
            height="180"
            decoding="async"
            loading="lazy"
          />`
        : nothing
    }
    <div class="words" dir="auto">
      <h3>${card.title}</h3>
      ${card.subtitle ? html`<p class="sub">${card.subtitle}</p>` : nothing}
      ${card.text ? html`<p>${card.text}</p>` : nothing}
    </div>
    ${
      card.actions?.length
        ? html`<div class="ways" role="group" aria-label=${card.title}>
            ${card.actions.map((action) => actionButton(action, partId, place))}
          </div>`
        : nothing
    }
  </article>`;
}

function actionButton(action: Action, partId: string, { message, context }: PartPlace): unknown {
  const { id, label, kind, value } = action;
  if (kind === 'link') {
    const url = safeUrl(action.url, 'link');
    if (!url) return nothing;
    return linkRow(url, html`<span dir="auto">${label}</span>`, externalLinkIcon());
  }
  const press = ({ currentTarget }: Event): void => {
    if (kind === 'reply') context.fire('sahay-quick-reply', { id, label, value: value ?? label });
    else
      void invoke(currentTarget as HTMLButtonElement, { messageId: message.id, partId, actionId: id, value });
  };
  return html`<button type="button" class="way" dir="auto" @click=${press}>${label}</button>`;
}

/** Cards side by side. They scroll by touch, by wheel, by the arrow keys and by two buttons, and stop at the start of a card. */
export function carousel(cards: readonly Card[], part: Part, place: PartPlace): TemplateResult {
  const { strings } = place.context.locale;
  const turn = (event: Event, by: number): void => {
    const strip = (event.currentTarget as HTMLElement).closest('.carousel')!.querySelector('ul')!;
    const sign = getComputedStyle(strip).direction === 'rtl' ? -1 : 1;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    strip.scrollBy({ left: by * sign * strip.clientWidth * 0.8, behavior: still ? 'auto' : 'smooth' });
  };
  return html`<section
    class="carousel"
    part="carousel"
    aria-label=${place.context.locale.text('cards', { count: cards.length })}
  >
    <ul tabindex="0" aria-label=${place.context.locale.text('cards', { count: cards.length })}>
      ${cards.map((card) => html`<li>${cardPart(card, part, place)}</li>`)}
    </ul>
    ${
      cards.length > 1
        ? html`<div class="turns">
            <button
              type="button"
              class="icon-button back"
              aria-label=${strings.cardsBack}
              @click=${(event: Event) => turn(event, -1)}
            >
              ${chevronEndIcon()}</button
            ><button
              type="button"
              class="icon-button"
              aria-label=${strings.cardsOn}
              @click=${(event: Event) => turn(event, 1)}
            >
              ${chevronEndIcon()}
            </button>
          </div>`
        : nothing
    }
  </section>`;
}
