/**
 * Models from the Hugging Face hub, or another server that speaks its protocol: names of models, downloads that are
 * checked and resumed, and the cache on disk in the hub's own layout. Sees data (for the environment) and weights.
 */
@NullMarked
package dev.graft.hub;

import org.jspecify.annotations.NullMarked;
