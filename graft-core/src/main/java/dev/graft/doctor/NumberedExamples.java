package dev.graft.doctor;

import dev.graft.image.DecodedImage;
import dev.graft.reading.ImageDataset;
import dev.graft.reading.LabeledFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The examples of all parts, numbered through. */
final class NumberedExamples {
    private final List<String> partNames = new ArrayList<>();
    private final List<LabeledFiles> parts = new ArrayList<>();
    private final List<Integer> begins = new ArrayList<>();
    private int size;

    NumberedExamples(ImageDataset data) {
        boolean whole = data.validation() == null && data.test() == null;
        add(whole ? "all" : "train", data.train());
        if (data.validation() != null) {
            add("validation", data.validation());
        }
        if (data.test() != null) {
            add("test", data.test());
        }
    }

    private void add(String name, LabeledFiles files) {
        partNames.add(name);
        parts.add(files);
        begins.add(size);
        size += files.size();
    }

    int size() {
        return size;
    }

    List<String> classNames() {
        return parts.get(0).classNames();
    }

    private int part(int number) {
        int part = parts.size() - 1;
        while (begins.get(part) > number) {
            part--;
        }
        return part;
    }

    String partName(int number) {
        return partNames.get(part(number));
    }

    String className(int number) {
        int part = part(number);
        return classNames().get(parts.get(part).label(number - begins.get(part)));
    }

    String file(int number) {
        int part = part(number);
        return parts.get(part).file(number - begins.get(part)).toString();
    }

    DecodedImage decode(int number) {
        int part = part(number);
        return parts.get(part).decode(number - begins.get(part));
    }

    String fileDigest(int number) {
        int part = part(number);
        return parts.get(part).fileDigest(number - begins.get(part));
    }

    /** The different parts of some examples, in words. */
    List<String> partsOf(List<Integer> numbers) {
        return numbers.stream().map(this::partName).distinct().toList();
    }

    /** The different classes of some examples. */
    List<String> classesOf(List<Integer> numbers) {
        return List.copyOf(new TreeSet<>(numbers.stream().map(this::className).toList()));
    }

    List<String> filesOf(List<Integer> numbers) {
        return numbers.stream().map(this::file).toList();
    }

    List<Diagnosis.Part> describe() {
        List<Diagnosis.Part> described = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            LabeledFiles files = parts.get(part);
            Integer[] counts = new Integer[files.classNames().size()];
            Arrays.fill(counts, 0);
            for (int i = 0; i < files.size(); i++) {
                counts[files.label(i)]++;
            }
            described.add(new Diagnosis.Part(partNames.get(part), files.size(), List.of(counts)));
        }
        return described;
    }
}
