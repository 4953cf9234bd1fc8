package dev.graft.layer;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.layer.ParameterSpec.Role;
import java.util.List;

/**
 * What low-rank adaptation adds to a projection whose weight W stays as it is: {@code x·(W + α/r · B·A)ᵀ}, with A of
 * (rank, in) and B of (out, rank), which starts at 0 (Hu et al. 2021, arXiv 2106.09685).
 *
 * @param rank the rows of A, at least 1
 * @param alpha α, the product counts α/rank, above 0
 * @param dropout rate at which the input of A is dropped in training, 0 to below 1
 */
public record Adapter(int rank, float alpha, float dropout) {
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";

    /** Checks the ranges. */
    public Adapter {
        if (rank < 1 || !(alpha > 0 && Float.isFinite(alpha)) || !(dropout >= 0 && dropout < 1)) {
            throw new SettingsException(Problem.of("An adapter's settings are out of range.")
                    .expected("a rank of at least 1, a finite alpha above 0, and a dropout from 0 to below 1")
                    .found("rank " + rank + ", alpha " + alpha + ", dropout " + dropout));
        }
    }

    /** What the product of B and A is multiplied by. */
    public float scale() {
        return alpha / rank;
    }

    /** The name of a projection's A, as in the public libraries. */
    public static String down(String projection) {
        return projection + DOWN;
    }

    /** The name of a projection's B. */
    public static String up(String projection) {
        return projection + UP;
    }

    List<ParameterSpec> parameters(String projection, int in, int out) {
        return List.of(
                ParameterSpec.of(down(projection), Role.ADAPTER_DOWN, rank, in),
                ParameterSpec.of(up(projection), Role.ADAPTER_UP, out, rank));
    }
}
