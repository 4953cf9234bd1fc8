@NullMarked
package dev.graft.weights;

import org.jspecify.annotations.NullMarked;
