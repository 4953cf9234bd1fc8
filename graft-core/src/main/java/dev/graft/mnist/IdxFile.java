package dev.graft.mnist;

import dev.graft.error.DataException;
import dev.graft.error.Problem;
import dev.graft.weights.InputFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One IDX file of unsigned bytes whose header has been read and checked, but not yet its content. */
final class IdxFile {
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Path path;
    private final int headerLength;
    private final long[] dimensions;
    private final int length;

    private IdxFile(Path path, int headerLength, long[] dimensions, int length) {
        this.path = path;
        this.headerLength = headerLength;
        this.dimensions = dimensions;
        this.length = length;
    }

    /**
     * Reads and checks the header.
     *
     * @param magic the file's first four bytes: 0, 0, 8 for unsigned bytes, the number of dimensions
     */
    static IdxFile open(Path path, int magic) {
        int headerLength = 4 + 4 * (magic & 0xFF);
        byte[] header;
        try (InputStream in = stream(path)) {
            header = in.readNBytes(headerLength);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        requireMagic(path, magic, header);
        if (header.length < headerLength) {
            throw new DataException(Problem.of("'" + path.getFileName() + "' ends inside its header.")
                    .where(path)
                    .expected(headerLength + " bytes")
                    .found(header.length + " bytes")
                    .fix("the file is cut short: get it again"));
        }
        long[] dimensions = new long[magic & 0xFF];
        for (int axis = 0; axis < dimensions.length; axis++) {
            dimensions[axis] = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(4 + 4 * axis));
        }
        return new IdxFile(path, headerLength, dimensions, length(path, dimensions));
    }

    int count() {
        return dimension(0);
    }

    int dimension(int axis) {
        return (int) dimensions[axis];
    }

    /** Everything after the header, exactly as much as the header declares. */
    byte[] content() {
        long declared = (long) headerLength + length;
        try (InputStream in = stream(path)) {
            if (!(in instanceof StrictGzip)) {
                long size = Files.size(path);
                if (size != declared) {
                    throw wrongSize(declared, size + " bytes");
                }
            }
            in.skipNBytes(headerLength);
            // Grows with what is there, so that a header alone cannot make us take memory.
            byte[] content = in.readNBytes(length);
            if (content.length < length) {
                throw wrongSize(declared, (headerLength + content.length) + " bytes");
            }
            if (in.read() >= 0) {
                throw wrongSize(declared, "more");
            }
            return content;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputStream stream(Path path) throws IOException {
        InputStream in = new BufferedInputStream(InputFiles.open(path), BUFFER);
        try {
            in.mark(2);
            boolean gzip = StrictGzip.begins(in.read(), in.read());
            in.reset();
            return gzip ? new StrictGzip(in) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static void requireMagic(Path path, int magic, byte[] header) {
        int found = header.length < 4 ? 0 : ByteBuffer.wrap(header).getInt();
        if (header.length >= 4 && found == magic) {
            return;
        }
        Problem problem = Problem.of("'" + path.getFileName() + "' is not an IDX file of " + meaning(magic) + ".")
                .where(path)
                .expected(String.format(Locale.ROOT, "0x%08x in the first four bytes", magic))
                .found(
                        header.length < 4
                                ? header.length + " bytes in all"
                                : String.format(Locale.ROOT, "0x%08x", found));
        String likely = meaning(found);
        if (likely != null) {
            problem = problem.with("likely", "this is the file of the " + likely);
        }
        throw new DataException(problem.fix("pass the " + meaning(magic) + " file, plain or gzipped"));
    }

    private static @Nullable String meaning(int magic) {
        return switch (magic) {
            case 0x00000801 -> "labels";
            case 0x00000803 -> "images";
            default -> null;
        };
    }

    private static int length(Path path, long[] dimensions) {
        boolean empty = Arrays.stream(dimensions).anyMatch(dimension -> dimension == 0);
        long length = -1;
        try {
            length = Arrays.stream(dimensions).reduce(1, Math::multiplyExact);
        } catch (ArithmeticException e) {
            // Larger than any file: refused below.
        }
        if (empty || length < 0 || length > LARGEST_ARRAY) {
            throw new DataException(Problem.of("'" + path.getFileName() + "' declares impossible dimensions.")
                    .where(path)
                    .expected("each at least 1, together at most " + LARGEST_ARRAY + " bytes")
                    .found(Arrays.stream(dimensions).mapToObj(Long::toString).collect(Collectors.joining(" x ")))
                    .fix("the header is damaged or the file is empty: get it again"));
        }
        return (int) length;
    }

    private DataException wrongSize(long declared, String found) {
        return new DataException(Problem.of("'" + path.getFileName() + "' does not hold what its header declares.")
                .where(path)
                .expected(declared + " bytes, with a header for "
                        + Arrays.stream(dimensions).mapToObj(Long::toString).collect(Collectors.joining(" x ")))
                .found(found)
                .fix("the file is cut short or has been added to: get it again"));
    }

    private static DataException unreadable(Path path, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new DataException(
                    Problem.of("'" + path.getFileName() + "' does not exist.")
                            .where(path)
                            .fix("check the path"),
                    cause);
        }
        return new DataException(
                Problem.of("'" + path.getFileName() + "' cannot be read.")
                        .where(path)
                        .found(cause)
                        .fix("check that it is a readable file; if it is damaged, get it again"),
                cause);
    }
}
