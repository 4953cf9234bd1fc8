package dev.graft.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.error.WeightsFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in the folder of bad files is refused with a message that helps. Dropping a file there makes a test. */
class CrashersTest {
    static List<Path> files() {
        return Fixtures.files("crashers");
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedWithTheFileThePlaceAndTheFix(Path file) {
        WeightsFileException refusal =
                catchThrowableOfType(WeightsFileException.class, () -> SafetensorsFile.open(file));
        assertThat(refusal)
                .hasMessageContaining(String.valueOf(file.getFileName()))
                .hasMessageContaining("where ")
                .hasMessageContaining("expected ")
                .hasMessageContaining("to fix ");
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedAlikeWhenItIsInMemory(Path file) {
        WeightsFileException onDisk =
                catchThrowableOfType(WeightsFileException.class, () -> SafetensorsFile.open(file));
        WeightsFileException inMemory = catchThrowableOfType(
                WeightsFileException.class, () -> SafetensorsFile.parse(Fixtures.bytes(file), file.toString()));
        assertThat(inMemory).hasMessage(onDisk.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zero-bytes                | the file is empty
            three-bytes               | too short
            header-over-cap           | 100000001 bytes
            header-past-end           | past the end of the file
            header-not-brace          | does not begin with '{'
            header-not-utf8           | byte 10
            header-overlong-utf8      | not UTF-8
            header-two-objects        | closing brace
            duplicate-tensor          | uplicate
            duplicate-field           | uplicate
            metadata-number           | __metadata__
            metadata-duplicate-key    | uplicate
            name-lone-surrogate       | surrogate
            dtype-unknown             | 'F31'
            shape-negative            | -2
            shape-beyond-long         | 18446744073709551618
            shape-product-overflow    | beyond 63 bits
            shape-product-wraps-to-2  | beyond 63 bits
            shape-bytes-overflow      | beyond 63 bits
            shape-huge                | cut short
            offsets-reversed          | [8, 0]
            range-too-small           | 12 bytes for F32 (3)
            data-cut-short            | cut short
            data-trailing             | 1 more bytes
            overlap                   | share the same bytes
            hole                      | hole
            tensor-extra-field        | 'stride'
            tensor-without-shape      | no shape
            pickle                    | pickle, which can run any code
            pickle-pytorch-legacy     | older PyTorch checkpoints
            pytorch.pt                | PyTorch checkpoint (.pt, .pth)
            zip                       | zip archive
            git-lfs-pointer           | git lfs pull
            web-page                  | web page
            hdf5                      | it is an HDF5 file
            onnx                      | it is an ONNX model
            index-json                | model.safetensors.index.json
            gguf                      | GGUF
            """)
    void saysWhichRuleIsBroken(String file, String expected) {
        Path path = Fixtures.folder("crashers").resolve(file);
        WeightsFileException refusal =
                catchThrowableOfType(WeightsFileException.class, () -> SafetensorsFile.open(path));
        assertThat(refusal).hasMessageContaining(expected);
    }
}
