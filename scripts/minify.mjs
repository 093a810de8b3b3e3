// How everything that a visitor downloads is minified.
import terser from '@rollup/plugin-terser';

export const minify = (compress = {}) =>
  terser({
    ecma: 2022,
    module: true,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, keep_fargs: false, ...compress },
    format: { comments: false },
  });
