/**
 * Trained networks as directories: written, read back strictly, and used for prediction. Backbones are kept in the same
 * form. No engine type but the engine room's own.
 */
@NullMarked
package dev.graft.bundle;

import org.jspecify.annotations.NullMarked;
