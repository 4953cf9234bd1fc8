/**
 * What an experiment found, as records: the content of {@code metrics.json} and all that a report may show. Plain
 * numbers and words; sees the {@code data} package's images and no engine type.
 */
@NullMarked
package dev.graft.result;

import org.jspecify.annotations.NullMarked;
