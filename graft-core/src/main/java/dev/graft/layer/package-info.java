/**
 * The layers that networks are made of, as data: their settings, the shapes they make, and the tensors they need. A stage is a run of
 * layers with a name. Knows no weights and no engine.
 */
@NullMarked
package dev.graft.layer;

import org.jspecify.annotations.NullMarked;
