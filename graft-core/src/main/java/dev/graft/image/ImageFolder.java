package dev.graft.image;

import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.error.DataException;
import dev.graft.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder for each class, image files inside. Classes and files are taken in the order of their names, hidden files are
 * passed over; an image is decoded each time it is asked for. Safe for use by several threads.
 */
public final class ImageFolder implements LabeledImages {
    private final Path root;
    private final List<String> classNames;
    private final List<Path> files;
    private final int[] labels;
    private @Nullable String digest;

    private ImageFolder(Path root, List<String> classNames, List<Path> files, int[] labels) {
        this.root = root;
        this.classNames = List.copyOf(classNames);
        this.files = List.copyOf(files);
        this.labels = labels;
    }

    /**
     * Lists a folder.
     *
     * @throws DataException if it is missing, cannot be read, has no class folder, or one of them is empty
     */
    public static ImageFolder of(Path root) {
        if (!Files.isDirectory(root)) {
            throw new DataException(Problem.of("There is no folder of images at this path.")
                    .where(root.toAbsolutePath())
                    .expected("a folder with one folder a class: " + root + "/cat/1.jpg, " + root + "/dog/1.jpg")
                    .found(Files.exists(root) ? "a file" : "nothing")
                    .fix("check the path"));
        }
        List<Path> classes = list(root).stream().filter(Files::isDirectory).toList();
        if (classes.isEmpty()) {
            throw new DataException(Problem.of("A folder of images has no class folders.")
                    .where(root.toAbsolutePath())
                    .expected("one folder a class: " + root + "/cat/1.jpg, " + root + "/dog/1.jpg")
                    .found("no folder inside")
                    .fix("put the images of each class into a folder with the class's name"));
        }
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            Path folder = classes.get(label);
            List<Path> images =
                    list(folder).stream().filter(Files::isRegularFile).toList();
            if (images.isEmpty()) {
                throw new DataException(Problem.of("A class folder holds no files.")
                        .where(folder.toAbsolutePath())
                        .expected("image files")
                        .fix("add images of this class, or remove the folder"));
            }
            files.addAll(images);
            for (int i = 0; i < images.size(); i++) {
                labels.add(label);
            }
        }
        return new ImageFolder(
                root,
                classes.stream().map(path -> path.getFileName().toString()).toList(),
                files,
                labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("A folder of images cannot be read.")
                            .where(folder.toAbsolutePath())
                            .found(e)
                            .fix("change its permissions; nothing is passed over in silence"),
                    e);
        }
    }

    @Override
    public String name() {
        Path name = root.toAbsolutePath().normalize().getFileName();
        return name == null ? root.toString() : name.toString();
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    /** The file of an example. */
    public Path file(int index) {
        return files.get(index);
    }

    @Override
    public Image image(int index) {
        return ImageFiles.read(files.get(index));
    }

    /** The digest of class names, labels and the files' bytes: reads every file once. */
    @Override
    public synchronized String digest() {
        if (digest == null) {
            digest = compute();
        }
        return digest;
    }

    private String compute() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(String.join("\n", classNames).getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < files.size(); i++) {
                byte[] content = Files.readAllBytes(files.get(i));
                sha.update(("\n" + labels[i] + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                sha.update(content);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("An image file cannot be read.").where(root).found(e), e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
