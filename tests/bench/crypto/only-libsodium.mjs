// What a page loads that seals with libsodium's secretstream.

export { default } from 'libsodium-wrappers';
