package dev.graft.data;

import java.util.Arrays;
import java.util.List;

/** Grey images of one size, all in one array, with a label byte each. */
public final class PackedImages implements LabeledImages, DigestOrigin {
    private final String name;
    private final List<String> classNames;
    private final int height;
    private final int width;
    private final byte[] pixels;
    private final byte[] labels;

    /** Takes the arrays over; {@code pixels} is (size, height, width), {@code labels} has one unsigned byte a picture. */
    public PackedImages(String name, List<String> classNames, int height, int width, byte[] pixels, byte[] labels) {
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.height = height;
        this.width = width;
        this.pixels = pixels;
        this.labels = labels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index] & 0xFF;
    }

    @Override
    public Image image(int index) {
        int from = index * height * width;
        return new Image(height, width, 1, Arrays.copyOfRange(pixels, from, from + height * width));
    }

    @Override
    public String digest() {
        return DataDigest.of(this);
    }

    @Override
    public boolean digestIsComputed() {
        return true;
    }
}
