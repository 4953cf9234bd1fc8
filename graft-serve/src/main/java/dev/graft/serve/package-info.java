/**
 * Trained networks over HTTP: bundles by name, read anew when they are replaced, and asked by several programs at once. What
 * comes from outside is bounded here before any of it is used. Only the classes that begin with {@code Http}, {@code Body},
 * {@code Multipart} and {@code Peeking} see the HTTP library; groups of routes see a {@link dev.graft.serve.Call} and give a
 * {@link dev.graft.serve.Reply}.
 */
@NullMarked
package dev.graft.serve;

import org.jspecify.annotations.NullMarked;
