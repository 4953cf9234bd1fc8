/**
 * Source networks as data: layers, named stages and cut points, their parameters and initial weights, and the catalogue
 * that finds them with their pretrained weights. Sees weights and preprocessing, no engine type.
 */
@NullMarked
package dev.graft.backbone;

import org.jspecify.annotations.NullMarked;
