package dev.graft.cli;

import dev.graft.error.DataException;
import dev.graft.error.Reason;
import dev.graft.reading.WrittenPaths;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path on the command line, as people and programs write it; what had to be changed to read it is said. */
final class PathArgument implements ITypeConverter<Path> {
    private final Console console;

    PathArgument(Console console) {
        this.console = console;
    }

    @Override
    public Path convert(String value) {
        if (value.isEmpty()) {
            // Refused with the place where it stands, once all is parsed.
            return Path.of(value);
        }
        WrittenPaths paths = new WrittenPaths(Path.of(""));
        try {
            Path path = Path.of(paths.read(value, "'" + value + "'"));
            paths.notes().forEach(console::warn);
            return path;
        } catch (DataException e) {
            throw new TypeConversionException(Reason.of(e));
        }
    }
}
