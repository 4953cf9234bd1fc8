/**
 * What is known of the classes' features: counts, means and a pooled covariance, which add up; distances to the classes, and
 * the linear discriminants that follow from them.
 */
@NullMarked
package dev.graft.statistics;

import org.jspecify.annotations.NullMarked;
