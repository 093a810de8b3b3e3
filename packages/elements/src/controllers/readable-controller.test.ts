import { aTimeout, expect } from '@open-wc/testing';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Held } from '../testing/fake-client.ts';
import { ReadableController } from './readable-controller.ts';

class Host implements ReactiveControllerHost {
  controllers: ReactiveController[] = [];
  updates = 0;
  readonly updateComplete = Promise.resolve(true);
  addController = (controller: ReactiveController): void => void this.controllers.push(controller);
  removeController = (): void => undefined;
  requestUpdate = (): void => void this.updates++;
  connect = (): void => this.controllers.forEach((controller) => controller.hostConnected?.());
  disconnect = (): void => this.controllers.forEach((controller) => controller.hostDisconnected?.());
}

describe('readable-controller', () => {
  it('listens to what it was given before or after its host was connected', () => {
    const host = new Host();
    const [early, late] = [new Held({ n: 1 }), new Held({ n: 1 })];
    new ReadableController<{ n: number }>(host).source = early;
    expect(early.listeners).to.equal(0);
    const second = new ReadableController<{ n: number }>(host);
    host.connect();
    second.source = late;
    expect([early.listeners, late.listeners]).to.deep.equal([1, 1]);
    late.set({ n: 2 });
    expect(second.value).to.deep.equal({ n: 2 });
  });

  it('lets go when its host goes, or when it is given something else', () => {
    const host = new Host();
    const [one, other] = [new Held({}), new Held({})];
    const controller = new ReadableController<object>(host);
    host.connect();
    controller.source = one;
    controller.source = other;
    expect([one.listeners, other.listeners]).to.deep.equal([0, 1]);
    host.disconnect();
    expect(other.listeners).to.equal(0);
    host.connect();
    expect(other.listeners).to.equal(1);
  });

  it('holds still between redraws when told to, and shows the latest then', async () => {
    const host = new Host();
    const source = new Held({ n: 0 });
    const controller = new ReadableController<{ n: number }>(host, ({ n }) => (n < 5 ? 20 : 0));
    controller.source = source;
    host.connect();
    expect(controller.value).to.deep.equal({ n: 0 });
    const before = host.updates;
    for (let n = 1; n <= 5; n++) source.set({ n });
    expect(controller.value).to.deep.equal({ n: 0 });
    await aTimeout(40);
    expect(controller.value).to.deep.equal({ n: 5 });
    expect(host.updates - before).to.equal(1);
  });

  it('draws the first change after a pause at once, and a burst after it once', async () => {
    const host = new Host();
    const source = new Held({ n: 0 });
    const controller = new ReadableController<{ n: number }>(host, () => 200);
    controller.source = source;
    host.connect();
    expect(controller.value).to.deep.equal({ n: 0 });
    await aTimeout(250);
    const before = host.updates;
    for (let n = 1; n <= 500; n++) {
      source.set({ n });
      // As a host does that is drawn between two events.
      void controller.value;
    }
    expect(host.updates - before).to.equal(1);
    await aTimeout(300);
    expect(controller.value).to.deep.equal({ n: 500 });
    expect(host.updates - before).to.equal(2);
  });
});
