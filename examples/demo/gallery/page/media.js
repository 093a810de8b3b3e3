const second = 8000;

/** Pictures, a sound and a film, made here: nothing is fetched to show them. */
export async function makeMedia() {
  const [wide, tall] = await Promise.all([picture(640, 400), picture(400, 640)]);
  const blobs = { wide, tall, sound: sound(), file: new Blob(['%PDF'], { type: 'application/pdf' }) };
  const urls = Object.fromEntries(Object.entries(blobs).map(([id, blob]) => [id, URL.createObjectURL(blob)]));
  return {
    addresses: { picture: urls.wide, model: new URL('lamp.glb', location.href).href },
    /** The address of what stands for an attachment; one that never comes is how waiting looks. */
    attachment: async (id) => {
      if (id === 'film') urls.film ??= URL.createObjectURL(await film());
      return urls[id] ?? new Promise(() => undefined);
    },
  };
}

function lampOn(canvas, glow = 1) {
  const { width, height } = canvas;
  const paint = canvas.getContext('2d');
  const night = paint.createLinearGradient(0, 0, 0, height);
  night.addColorStop(0, '#16324a');
  night.addColorStop(1, '#3b2b3f');
  paint.fillStyle = night;
  paint.fillRect(0, 0, width, height);
  const light = paint.createRadialGradient(width / 2, height / 2, 0, width / 2, height / 2, width / 2);
  light.addColorStop(0, `rgb(255 214 140 / ${glow})`);
  light.addColorStop(1, 'rgb(255 214 140 / 0)');
  paint.fillStyle = light;
  paint.fillRect(0, 0, width, height);
  const unit = Math.min(width, height) / 10;
  paint.fillStyle = '#c99a3a';
  paint.beginPath();
  paint.moveTo(width / 2 - unit, height / 2 - 2 * unit);
  paint.lineTo(width / 2 + unit, height / 2 - 2 * unit);
  paint.lineTo(width / 2 + 2 * unit, height / 2);
  paint.lineTo(width / 2 - 2 * unit, height / 2);
  paint.fill();
  paint.fillRect(width / 2 - unit / 6, height / 2, unit / 3, 3 * unit);
  paint.fillRect(width / 2 - 1.5 * unit, height / 2 + 3 * unit, 3 * unit, unit / 3);
}

async function picture(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  lampOn(canvas);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp'));
}

/** A second of a tone that fades. */
function sound() {
  const bytes = new DataView(new ArrayBuffer(44 + second * 2));
  const text = (at, word) =>
    [...word].forEach((letter, index) => bytes.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + second * 2, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, second, true);
  bytes.setUint32(28, second * 2, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, second * 2, true);
  for (let at = 0; at < second; at++)
    bytes.setInt16(
      44 + at * 2,
      12_000 * (1 - at / second) * Math.sin((at * 440 * 2 * Math.PI) / second),
      true,
    );
  return new Blob([bytes], { type: 'audio/wav' });
}

/** A second of the lamp that comes on. */
async function film() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const recorder = new MediaRecorder(canvas.captureStream(12), { mimeType: 'video/webm' });
  const pieces = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
  recorder.start();
  for (let glow = 0; glow <= 1; glow += 0.1) {
    lampOn(canvas, glow);
    await new Promise((resolve) => setTimeout(resolve, 90));
  }
  recorder.stop();
  await ended;
  return new Blob(pieces, { type: 'video/webm' });
}
