package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.graft.error.WeightsFileException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in the folders of bad files is refused with a message that helps, within a bound of memory. */
class OtherFormatsCrashersTest {
    private static final long BOUND = 64L * 1024 * 1024;

    static Stream<Arguments> files() {
        return Stream.of(Reader.values())
                .flatMap(reader -> Fixtures.files(reader.badFolder()).stream().map(path -> Arguments.of(reader, path)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedAlikeFromFileAndMemoryWithThePlaceAndTheFix(Reader reader, Path file) {
        WeightsFileException refusal = catchThrowableOfType(WeightsFileException.class, () -> reader.open(file));
        assertThat(refusal)
                .hasMessageContaining(String.valueOf(file.getFileName()))
                .hasMessageContaining("where ")
                .hasMessageContaining("expected ")
                .hasMessageContaining("to fix ");
        WeightsFileException inMemory = catchThrowableOfType(
                WeightsFileException.class, () -> reader.parse(Fixtures.bytes(file), file.toString()));
        assertThat(inMemory).hasMessage(refusal.getMessage());
    }

    @ParameterizedTest
    @MethodSource("files")
    void takesNoMoreMemoryThanTheFileAndABound(Reader reader, Path file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] content = Fixtures.bytes(file);
        long before = threads.getCurrentThreadAllocatedBytes();
        WeightsFileException refusal =
                catchThrowableOfType(WeightsFileException.class, () -> reader.parse(content, "bad"));
        assertThat(refusal).isNotNull();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(content.length + BOUND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            onnx | zero-bytes              | the file is empty
            onnx | varint-endless          | at most 10 bytes
            onnx | length-past-end         | 1099511627776 bytes
            onnx | tensor-past-graph       | past the end of what it is part of
            onnx | shape-too-large         | F32 (2147483648, 1048576)
            onnx | shape-product-overflow  | 63 bits
            onnx | shape-bytes-overflow    | 63 bits
            onnx | shape-bomb-varints      | at most 1000000 such values
            onnx | raw-too-short           | 12 bytes for F32 (3)
            onnx | values-not-packed       | not packed
            onnx | type-string             | ONNX data type 8
            onnx | duplicate-name          | duplicate 'w'
            onnx | external-path-escapes   | '../../etc/passwd'
            onnx | external-path           | 'model.onnx_data'
            onnx | git-lfs-pointer         | git lfs pull
            onnx | web-page                | web page
            onnx | hdf5                    | it is an HDF5 file
            hdf5 | soft-link               | soft link to '/real'
            hdf5 | soft-link-newer         | soft link to '/real'
            hdf5 | external-link           | external link to '/etc/other.h5 /w'
            hdf5 | external-link-newer     | external link to '../other.h5 /w'
            hdf5 | hard-link-loop          | met twice
            hdf5 | hard-link-twice         | met twice
            hdf5 | external-storage        | another file
            hdf5 | virtual-data-set        | virtual data set
            hdf5 | dense-links             | track_order
            hdf5 | chunked                 | chunks
            hdf5 | gzip                    | compressed
            hdf5 | big-endian              | big-endian floats of 4 bytes
            hdf5 | strings                 | strings of 2 bytes
            hdf5 | shape-bomb              | 4398046511104 bytes for F32 (1099511627776)
            hdf5 | shape-bomb-with-size    | past the end of the file
            hdf5 | shape-bytes-overflow    | beyond 63 bits
            hdf5 | data-never-written      | never written
            hdf5 | cut-short               | cut short
            hdf5 | tree-of-itself          | met twice
            hdf5 | groups-too-deep         | too deep
            hdf5 | git-lfs-pointer         | git lfs pull
            hdf5 | web-page                | web page
            """)
    void saysWhichRuleIsBroken(String format, String file, String expected) {
        Reader reader = Reader.valueOf(format.toUpperCase(Locale.ROOT));
        Path path = Fixtures.folder(reader.badFolder()).resolve(file);
        WeightsFileException refusal = catchThrowableOfType(WeightsFileException.class, () -> reader.open(path));
        assertThat(refusal).hasMessageContaining(expected);
    }
}
