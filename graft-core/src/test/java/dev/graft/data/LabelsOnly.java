package dev.graft.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Data for tests of how examples are chosen: each picture's one pixel is its index modulo 256. */
public record LabelsOnly(List<Integer> labels, int classes) implements LabeledImages {
    /** Data with so many examples of each class, one class after the other. */
    public static LabelsOnly withCounts(int... counts) {
        return new LabelsOnly(
                IntStream.range(0, counts.length)
                        .boxed()
                        .flatMap(label -> IntStream.range(0, counts[label]).mapToObj(i -> label))
                        .toList(),
                counts.length);
    }

    public static int[] counts(LabeledExamples data, int[] indexes) {
        int[] counts = new int[data.classNames().size()];
        Arrays.stream(indexes).map(data::label).forEach(label -> counts[label]++);
        return counts;
    }

    public static int[] counts(LabeledExamples data) {
        return counts(data, IntStream.range(0, data.size()).toArray());
    }

    @Override
    public String name() {
        return "animals";
    }

    @Override
    public List<String> classNames() {
        return IntStream.range(0, classes).mapToObj(label -> "class-" + label).toList();
    }

    @Override
    public int size() {
        return labels.size();
    }

    @Override
    public int label(int index) {
        return labels.get(index);
    }

    @Override
    public Image image(int index) {
        return new Image(1, 1, 1, new byte[] {(byte) index});
    }

    @Override
    public String digest() {
        return DataDigest.of(this);
    }
}
