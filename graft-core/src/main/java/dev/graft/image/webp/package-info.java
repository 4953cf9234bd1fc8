/**
 * The WebP format, lossy and lossless, in Java alone: what native code reads could end the process. After the WebP
 * container and lossless specification (RFC 9649) and the VP8 data format (RFC 6386), of which only key frames occur.
 * Sees the data room.
 */
@NullMarked
package dev.graft.image.webp;

import org.jspecify.annotations.NullMarked;
