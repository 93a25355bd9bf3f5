/** Side files that have no useful types of their own. */
declare module 'libheif-js/libheif-wasm/libheif.js';
