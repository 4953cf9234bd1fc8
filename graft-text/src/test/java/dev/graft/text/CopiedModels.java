package dev.graft.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.error.StorageException;
import dev.graft.error.WeightsFileException;
import dev.graft.error.WeightsMismatchException;
import dev.graft.source.Backbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Copies of published models, to be changed, and what the tests ask of a model. */
abstract class CopiedModels {
    @TempDir
    Path folder = Path.of("");

    static String digest(String name) {
        return TextBackbones.open(Fixtures.directory(name)).weights().digest();
    }

    static void refused(Path model, String... parts) {
        assertThatThrownBy(() -> Backbones.load(model.toString()))
                .isInstanceOfAny(WeightsFileException.class, WeightsMismatchException.class, StorageException.class)
                .hasMessageContainingAll(parts);
    }

    Path copy(String name) throws IOException {
        return copyOf(Fixtures.directory(name), name);
    }

    Path copyOf(Path from, String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
        return to;
    }

    static Path replaced(Path file) throws IOException {
        Files.delete(file);
        return file;
    }
}
