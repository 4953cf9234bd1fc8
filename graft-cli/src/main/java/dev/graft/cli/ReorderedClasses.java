package dev.graft.cli;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same images with their classes in another order: folders are in the order of their names, a bundle's need not be. */
final class ReorderedClasses implements LabeledImages {
    private final LabeledImages data;
    private final List<String> order;

    /** Takes the same names in another order. */
    ReorderedClasses(LabeledImages data, List<String> order) {
        this.data = data;
        this.order = List.copyOf(order);
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public List<String> classNames() {
        return order;
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public int label(int index) {
        return order.indexOf(data.classNames().get(data.label(index)));
    }

    @Override
    public Image image(int index) {
        return data.image(index);
    }

    @Override
    public @Nullable String caption(int index) {
        return data.caption(index);
    }

    @Override
    public @Nullable String content(int index) {
        return data.content(index);
    }

    @Override
    public String digest() {
        return data.digest();
    }
}
