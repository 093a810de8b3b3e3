// A lamp of two boxes and a shade as a binary glTF 2.0 file, https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html#glb-file-format-specification
const pieces = [
  { name: 'foot', colour: [0.1, 0.1, 0.1, 1], at: [0, 0.03, 0], size: [0.5, 0.06, 0.5] },
  { name: 'stem', colour: [0.72, 0.52, 0.2, 1], at: [0, 0.4, 0], size: [0.06, 0.7, 0.06] },
  { name: 'shade', colour: [0.95, 0.85, 0.6, 1], at: [0, 0.9, 0], size: [0.5, 0.36, 0.5] },
];
/** The six sides of a cube of one metre: outward direction, and the two directions along the side. */
const sides = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [-1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ],
  [
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ],
  [
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ],
  [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ],
  [
    [0, 0, -1],
    [0, 1, 0],
    [1, 0, 0],
  ],
];
const floatCode = 5126;
const shortCode = 5123;

/** @returns {Uint8Array} the file */
export function lampModel() {
  const { positions, normals, indices } = cube();
  const binary = Buffer.concat([positions, normals, indices].map(({ buffer }) => Buffer.from(buffer)));
  const document = {
    asset: { version: '2.0', generator: 'Sahay' },
    scene: 0,
    scenes: [{ nodes: pieces.map((_, index) => index) }],
    nodes: pieces.map(({ name, at, size }, mesh) => ({ name, mesh, translation: at, scale: size })),
    meshes: pieces.map((_, material) => ({
      primitives: [{ attributes: { POSITION: 0, NORMAL: 1 }, indices: 2, material }],
    })),
    materials: pieces.map(({ colour }) => ({
      pbrMetallicRoughness: { baseColorFactor: colour, metallicFactor: 0.2, roughnessFactor: 0.6 },
    })),
    buffers: [{ byteLength: binary.length }],
    bufferViews: [
      { buffer: 0, byteOffset: 0, byteLength: positions.byteLength },
      { buffer: 0, byteOffset: positions.byteLength, byteLength: normals.byteLength },
      { buffer: 0, byteOffset: positions.byteLength * 2, byteLength: indices.byteLength },
    ],
    accessors: [
      {
        bufferView: 0,
        componentType: floatCode,
        count: 24,
        type: 'VEC3',
        min: [-0.5, -0.5, -0.5],
        max: [0.5, 0.5, 0.5],
      },
      { bufferView: 1, componentType: floatCode, count: 24, type: 'VEC3' },
      { bufferView: 2, componentType: shortCode, count: indices.length, type: 'SCALAR' },
    ],
  };
  return glb(Buffer.from(JSON.stringify(document)), binary);
}

function cube() {
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  const positions = [];
  const normals = [];
  const indices = [];
  for (const [out, along, up] of sides) {
    const first = positions.length / 3;
    for (const [u, v] of corners) {
      positions.push(...out.map((value, axis) => (value + u * along[axis] + v * up[axis]) / 2));
      normals.push(...out);
    }
    indices.push(...[0, 1, 2, 0, 2, 3].map((corner) => first + corner));
  }
  return {
    positions: new Float32Array(positions),
    normals: new Float32Array(normals),
    indices: new Uint16Array(indices),
  };
}

function glb(json, binary) {
  const chunk = (bytes, type, filling) => {
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3, filling)]);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(padded.length, 0);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, padded]);
  };
  const body = Buffer.concat([chunk(json, 'JSON', ' '), chunk(binary, 'BIN\0', 0)]);
  const head = Buffer.alloc(12);
  head.write('glTF', 0, 'latin1');
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(12 + body.length, 8);
  return new Uint8Array(Buffer.concat([head, body]));
}
