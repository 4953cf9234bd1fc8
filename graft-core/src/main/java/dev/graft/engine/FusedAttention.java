package dev.graft.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention as one operation of the engine, block by block (Dao et al. 2022), which never holds the scores of all pairs of
 * tokens, and in one call instead of a dozen, each of which takes some microseconds. No gradient passes through it. Safe for use
 * by several threads.
 */
final class FusedAttention {
    private static final String NAME = "attend";

    private static final TorchScript.Function FUNCTION = new TorchScript.Function(
            NAME,
            "p: List[Tensor], m: List[Tensor], s: List[int]",
            List.of(
                    "if torch.eq(torch.len(p), 1):",
                    "  p = torch.chunk(p[0], 3, -1)",
                    "b = torch.size(p[0], 0)",
                    "t = torch.size(p[0], 1)",
                    "q = torch.transpose(torch.reshape(p[0], [b, t, s[0], -1]), 1, 2)",
                    "k = torch.transpose(torch.reshape(p[1], [b, t, s[0], -1]), 1, 2)",
                    "v = torch.transpose(torch.reshape(p[2], [b, t, s[0], -1]), 1, 2)",
                    "a = annotate(Optional[Tensor], None)",
                    "if torch.gt(torch.len(m), 0):",
                    "  a = m[0]",
                    "r = torch.scaled_dot_product_attention(q, k, v, a)",
                    "return [torch.reshape(torch.transpose(r, 1, 2), [b, t, -1])]"));

    private FusedAttention() {}

    /** Whether the engine knows the operation. */
    static boolean canRun() {
        return Engine.FUNCTIONS != null;
    }

    /**
     * The joined heads of a batch.
     *
     * @param projections query, key and value, (batch, tokens, width) each, or all in one, (batch, tokens, 3 x width)
     * @param mask what is added to the scores, (batch or 1, 1, tokens or 1, tokens); null for nothing
     * @param heads how many parts the width falls into
     * @return (batch, tokens, width)
     */
    static NDArray run(List<NDArray> projections, @Nullable NDArray mask, int heads) {
        TorchScript functions = Engine.FUNCTIONS;
        if (functions == null) {
            throw new IllegalStateException("the engine does not know the operation");
        }
        NDManager scope = projections.get(0).getManager();
        try (IValue given = TorchScript.argument(projections);
                IValue masks = TorchScript.argument(mask == null ? List.of() : List.of(mask));
                IValue sizes = IValue.listFrom((long) heads)) {
            return functions.run(scope, NAME, given, masks, sizes).get(0);
        }
    }

    /** Compiled once, and tried: an engine may know the name of an operation, and fail when it runs. */
    private static final class Engine {
        private static final @Nullable TorchScript FUNCTIONS = compiled();

        private static @Nullable TorchScript compiled() {
            NDManager scope = TensorEngine.newScope();
            try {
                TorchScript functions = TorchScript.compile(scope, List.of(FUNCTION));
                try (NDManager passing = scope.newSubManager();
                        IValue given = TorchScript.argument(List.of(passing.ones(new Shape(1, 1, 3))));
                        IValue masks = TorchScript.argument(List.of(passing.ones(new Shape(1, 1, 1, 1))));
                        IValue sizes = IValue.listFrom(1L)) {
                    functions.run(passing, NAME, given, masks, sizes);
                }
                return functions;
            } catch (EngineException e) {
                scope.close();
                return null;
            }
        }
    }
}
