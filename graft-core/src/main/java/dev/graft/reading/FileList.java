package dev.graft.reading;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names and labels of files, as compact as can be: one text and one number each, below a few folders. */
final class FileList {
    private final String name;
    private final List<String> classNames;
    private final List<Path> folders;
    private final String[] names;
    private final int[] labels;
    private final Listing listing;
    private final FileDigests digests;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Takes the arrays over.
     *
     * @param folders one for each class, or one for all
     * @param names paths relative to the folder of the label
     */
    FileList(String name, List<String> classNames, List<Path> folders, String[] names, int[] labels, Listing listing) {
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.folders = List.copyOf(folders);
        this.names = names;
        this.labels = labels;
        this.listing = listing;
        this.digests = new FileDigests(names.length);
    }

    String name() {
        return name;
    }

    List<String> classNames() {
        return classNames;
    }

    int size() {
        return names.length;
    }

    int label(int index) {
        return labels[index];
    }

    Path file(int index) {
        return folders.get(folders.size() == 1 ? 0 : labels[index]).resolve(names[index]);
    }

    Listing listing() {
        return listing;
    }

    FileDigests digests() {
        return digests;
    }

    /** Whether something odd about a file is the first of its kind to be told. */
    boolean tellsFirst(String oddity) {
        return told.add(oddity);
    }
}
