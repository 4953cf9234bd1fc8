package dev.graft.cli;

import dev.graft.bundle.Bundle;
import dev.graft.storage.AtomicFiles;
import dev.graft.storage.FileRecord;
import dev.graft.storage.Manifest;
import dev.graft.weights.NonFinite;
import dev.graft.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/** Looks at all that lies in a directory: is any of it torn? */
final class WholeFiles {
    private static final Pattern NPY = Pattern.compile("'shape': \\((\\d+), (\\d+)\\)");

    private WholeFiles() {}

    /** What is wrong with the files that have their final names, a line each. */
    static List<String> faults(Path root) throws IOException {
        List<String> faults = new ArrayList<>();
        for (Path path : walk(root)) {
            if (root.relativize(path).toString().contains(".graft-")
                    || path.toString().endsWith(".log")) {
                continue;
            }
            try {
                if (Files.isDirectory(path)) {
                    checkDirectory(path);
                } else {
                    checkFile(path);
                }
            } catch (IOException | RuntimeException e) {
                faults.add(root.relativize(path) + ": " + e);
            }
        }
        return faults;
    }

    /** The hidden names that writing uses for a while. */
    static List<String> hidden(Path root) throws IOException {
        return walk(root).stream()
                .map(path -> root.relativize(path).toString())
                .filter(name -> name.contains(".graft-"))
                .toList();
    }

    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    static void delete(Path root) throws IOException {
        for (Path path : walk(root).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }

    private static List<Path> walk(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.sorted().toList();
        }
    }

    private static void checkDirectory(Path directory) throws IOException {
        AtomicFiles.recover(directory);
        Manifest manifest = Manifest.read(directory).orElse(null);
        if (manifest == null) {
            return;
        }
        for (Map.Entry<String, FileRecord> file : manifest.files().entrySet()) {
            Path path = directory.resolve(file.getKey());
            boolean replacing = manifest.pending().contains(file.getKey());
            if (!replacing && !FileRecord.of(path).equals(file.getValue())) {
                throw new IOException(file.getKey() + " is not what the record tells");
            }
        }
        if (manifest.kind() == Manifest.Kind.BUNDLE) {
            switch (Bundle.kind(directory)) {
                case BACKBONE -> Bundle.readBackbone(directory);
                case TRANSFER -> Bundle.read(directory);
            }
        }
    }

    private static void checkFile(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1);
        switch (ending) {
            case "json" -> JsonMapper.shared().readTree(Files.readAllBytes(file));
            case "png" -> require(ImageIO.read(file.toFile()) != null);
            case "html" -> require(Files.readString(file).endsWith("</html>\n"));
            case "csv" -> require(Files.readString(file).endsWith("\n"));
            case "npy" -> checkNpy(Files.readAllBytes(file));
            case "safetensors" -> {
                try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
                    tensors.readAll(NonFinite.ALLOW);
                }
            }
            default -> require(Files.size(file) > 0);
        }
    }

    private static void checkNpy(byte[] content) {
        int header =
                10 + ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        Matcher shape = NPY.matcher(new String(content, 0, header, StandardCharsets.US_ASCII));
        require(shape.find()
                && content.length == header + 4 * Integer.parseInt(shape.group(1)) * Integer.parseInt(shape.group(2)));
    }

    private static void require(boolean whole) {
        if (!whole) {
            throw new IllegalStateException("torn");
        }
    }
}
