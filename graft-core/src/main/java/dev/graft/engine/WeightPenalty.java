package dev.graft.engine;

import dev.graft.weights.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * A penalty on a tensor, {@code strength/2 ‖w - target‖²}.
 *
 * @param strength at least 0
 * @param target where the tensor is pulled to; null for 0
 */
public record WeightPenalty(double strength, @Nullable FloatTensor target) {}
