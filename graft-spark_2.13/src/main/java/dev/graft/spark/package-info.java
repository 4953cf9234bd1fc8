/**
 * Graft on Apache Spark: features of pictures and texts, heads and predictions as transformers and estimators of Spark ML. Sees the
 * core and Spark. Networks reach an executor once and are shared by its tasks; what a row becomes does not depend on the rows that it
 * lies beside, and sums do not depend on their order, so that the same rows give the same bytes. Whatever has to travel between the
 * driver and executors is serializable, which nothing else of Graft's is.
 */
@NullMarked
package dev.graft.spark;

import org.jspecify.annotations.NullMarked;
