/**
 * Trained networks over HTTP: bundles by name, read anew when they are replaced, and asked by several programs at once. What
 * comes from outside is bounded here before any of it is used. The HTTP library is seen by the server itself, by its
 * {@link dev.graft.serve.Exchange}s, and by the classes that begin with {@code Http}, {@code Body}, {@code Multipart} and
 * {@code Peeking}; groups of routes see a {@link dev.graft.serve.Call} and give a {@link dev.graft.serve.Reply}.
 */
@NullMarked
package dev.graft.serve;

import org.jspecify.annotations.NullMarked;
