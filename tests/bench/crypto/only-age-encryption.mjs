// What a page loads that seals with age-encryption.

export { Decrypter, Encrypter } from 'age-encryption';
