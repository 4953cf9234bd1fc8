package dev.graft.training;

import dev.graft.data.LabeledImages;
import dev.graft.data.Split;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a source task.
 *
 * @param all training and validation data together, which the model card names
 * @param train what is learned from
 * @param validation what is watched; null for nothing
 * @param test what judges
 */
public record SourceData(
        LabeledImages all, LabeledImages train, @Nullable LabeledImages validation, LabeledImages test) {
    private static final double TAIL = 0.2;
    private static final double STRATIFIED = 0.1;

    /** All of it is learned from: for settings that were settled earlier, on validation data. */
    public static SourceData whole(LabeledImages data, LabeledImages test) {
        return new SourceData(data, data, null, test);
    }

    /** The last fifth is validation data: the worked example's way, for data that lies in random order. */
    public static SourceData tail(LabeledImages data, LabeledImages test) {
        int training = data.size() - (int) (data.size() * TAIL);
        return new SourceData(data, range(data, 0, training), range(data, training, data.size()), test);
    }

    /** A tenth of each class is validation data. */
    public static SourceData stratified(LabeledImages data, LabeledImages test, long seed) {
        int[][] parts = Split.stratified(1 - STRATIFIED, STRATIFIED, 0, seed).indexes(data);
        return new SourceData(data, data.subset(parts[0]), data.subset(parts[1]), test);
    }

    private static LabeledImages range(LabeledImages data, int from, int to) {
        return data.subset(IntStream.range(from, to).toArray());
    }
}
