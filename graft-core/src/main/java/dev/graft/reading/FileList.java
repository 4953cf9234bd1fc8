package dev.graft.reading;

import dev.graft.targets.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Names and labels of files, as compact as can be: one text and one number each, below a few folders. */
final class FileList {
    private final String name;
    private final List<String> classNames;
    private final List<Path> folders;
    private final String[] names;
    private final int[] labels;
    private final @Nullable Targets targets;
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
        this(name, classNames, folders, names, labels, null, listing);
    }

    private FileList(
            String name,
            List<String> classNames,
            List<Path> folders,
            String[] names,
            int[] labels,
            @Nullable Targets targets,
            Listing listing) {
        this.targets = targets;
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.folders = List.copyOf(folders);
        this.names = names;
        this.labels = labels;
        this.listing = listing;
        this.digests = new FileDigests(names.length);
    }

    /** Files in one folder with targets that are no classes. */
    static FileList of(String name, Path folder, String[] names, Targets targets, Listing listing) {
        return new FileList(
                name, targets.kind().names(), List.of(folder), names, new int[names.length], targets, listing);
    }

    /** The files' targets; null if these are the classes that their labels name. */
    @Nullable
    Targets targets() {
        return targets;
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
