package dev.graft.mnist;

/**
 * What a downloaded file must be once it is unpacked.
 *
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
record UnpackedFile(long size, String sha256) {}
