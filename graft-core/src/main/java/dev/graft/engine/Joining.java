package dev.graft.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** Joins features, (batch, features) each, side by side in their order. */
final class Joining {
    private Joining() {}

    static NDArray join(List<NDArray> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : parts.get(0).getNDArrayInternal().concat(new NDList(parts.subList(1, parts.size())), 1);
    }
}
