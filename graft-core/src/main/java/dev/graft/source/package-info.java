/**
 * Source models by name: embedded ones, those of families, directories, files of public weights, and the Hugging Face hub; and
 * which of them suit some data.
 */
@NullMarked
package dev.graft.source;

import org.jspecify.annotations.NullMarked;
